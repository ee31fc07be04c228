using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PluginPrune.EngineManaged.Kernels;

/// <summary>Sums, products and maxima of spans. A destination may be one of the sources.</summary>
internal static class VectorMath
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> destination)
        where T : unmanaged, INumber<T>
    {
        ReadOnlySpan<Vector<T>> lefts = MemoryMarshal.Cast<T, Vector<T>>(left);
        ReadOnlySpan<Vector<T>> rights = MemoryMarshal.Cast<T, Vector<T>>(right)[..lefts.Length];
        Span<Vector<T>> destinations = MemoryMarshal.Cast<T, Vector<T>>(destination)[..lefts.Length];
        for (int i = 0; i < lefts.Length; i++)
        {
            destinations[i] = lefts[i] + rights[i];
        }

        for (int i = lefts.Length * Vector<T>.Count; i < left.Length; i++)
        {
            destination[i] = left[i] + right[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> destination)
        where T : unmanaged, INumber<T>
    {
        ReadOnlySpan<Vector<T>> lefts = MemoryMarshal.Cast<T, Vector<T>>(left);
        ReadOnlySpan<Vector<T>> rights = MemoryMarshal.Cast<T, Vector<T>>(right)[..lefts.Length];
        Span<Vector<T>> destinations = MemoryMarshal.Cast<T, Vector<T>>(destination)[..lefts.Length];
        for (int i = 0; i < lefts.Length; i++)
        {
            destinations[i] = lefts[i] * rights[i];
        }

        for (int i = lefts.Length * Vector<T>.Count; i < left.Length; i++)
        {
            destination[i] = left[i] * right[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<T>(ReadOnlySpan<T> left, T factor, Span<T> destination)
        where T : unmanaged, INumber<T>
    {
        ReadOnlySpan<Vector<T>> lefts = MemoryMarshal.Cast<T, Vector<T>>(left);
        Span<Vector<T>> destinations = MemoryMarshal.Cast<T, Vector<T>>(destination)[..lefts.Length];
        for (int i = 0; i < lefts.Length; i++)
        {
            destinations[i] = lefts[i] * factor;
        }

        for (int i = lefts.Length * Vector<T>.Count; i < left.Length; i++)
        {
            destination[i] = left[i] * factor;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Maximum<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> destination)
        where T : unmanaged, INumber<T>
    {
        ReadOnlySpan<Vector<T>> lefts = MemoryMarshal.Cast<T, Vector<T>>(left);
        ReadOnlySpan<Vector<T>> rights = MemoryMarshal.Cast<T, Vector<T>>(right)[..lefts.Length];
        Span<Vector<T>> destinations = MemoryMarshal.Cast<T, Vector<T>>(destination)[..lefts.Length];
        for (int i = 0; i < lefts.Length; i++)
        {
            destinations[i] = Vector.Max(lefts[i], rights[i]);
        }

        for (int i = lefts.Length * Vector<T>.Count; i < left.Length; i++)
        {
            destination[i] = T.Max(left[i], right[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Sum<T>(ReadOnlySpan<T> values)
        where T : unmanaged, INumber<T>
    {
        ReadOnlySpan<Vector<T>> vectors = MemoryMarshal.Cast<T, Vector<T>>(values);
        Vector<T> sums = Vector<T>.Zero;
        foreach (Vector<T> vector in vectors)
        {
            sums += vector;
        }

        T sum = Vector.Sum(sums);
        for (int i = vectors.Length * Vector<T>.Count; i < values.Length; i++)
        {
            sum += values[i];
        }

        return sum;
    }

    /// <summary>The sum of products, in four chains so that one addition need not wait for the one before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Dot<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right)
        where T : unmanaged, INumber<T>
    {
        ReadOnlySpan<Vector<T>> lefts = MemoryMarshal.Cast<T, Vector<T>>(left);
        ReadOnlySpan<Vector<T>> rights = MemoryMarshal.Cast<T, Vector<T>>(right)[..lefts.Length];
        Vector<T> sum0 = Vector<T>.Zero;
        Vector<T> sum1 = Vector<T>.Zero;
        Vector<T> sum2 = Vector<T>.Zero;
        Vector<T> sum3 = Vector<T>.Zero;
        int i = 0;
        for (; i + 4 <= lefts.Length; i += 4)
        {
            sum0 += lefts[i] * rights[i];
            sum1 += lefts[i + 1] * rights[i + 1];
            sum2 += lefts[i + 2] * rights[i + 2];
            sum3 += lefts[i + 3] * rights[i + 3];
        }

        for (; i < lefts.Length; i++)
        {
            sum0 += lefts[i] * rights[i];
        }

        T sum = Vector.Sum((sum0 + sum1) + (sum2 + sum3));
        for (int j = lefts.Length * Vector<T>.Count; j < left.Length; j++)
        {
            sum += left[j] * right[j];
        }

        return sum;
    }
}
