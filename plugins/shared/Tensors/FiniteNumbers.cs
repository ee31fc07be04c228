using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Shared.Tensors;

/// <summary>Looks for infinities and what is no number.</summary>
internal static class FiniteNumbers
{
    // All bits of the exponent: infinity or NaN.
    private const ushort HalfExponent = 0x7C00;
    private const uint SingleExponent = 0x7F800000;

    /// <summary>Whether all numbers of a tensor are finite.</summary>
    public static bool AreAll(Tensor tensor) => tensor.Type switch
    {
        ElementType.F16 => !AnyHas(MemoryMarshal.Cast<byte, ushort>(tensor.Bytes), HalfExponent),
        ElementType.F32 => !AnyHas(MemoryMarshal.Cast<byte, uint>(tensor.Bytes), SingleExponent),
        _ => true,
    };

    // Compiled at once: a network's weights are looked at once, before a tier would have been found too slow.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool AnyHas<T>(ReadOnlySpan<T> numbers, T exponent)
        where T : unmanaged, IBinaryInteger<T>
    {
        var exponents = new Vector<T>(exponent);
        int i = 0;
        for (; i <= numbers.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            if (Vector.EqualsAny(new Vector<T>(numbers[i..]) & exponents, exponents))
            {
                return true;
            }
        }

        for (; i < numbers.Length; i++)
        {
            if ((numbers[i] & exponent) == exponent)
            {
                return true;
            }
        }

        return false;
    }
}
