using System.Runtime.InteropServices;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.FormatYolov5.Modules;

/// <summary>Looks for infinities and what is no number.</summary>
internal static class FiniteNumbers
{
    /// <summary>Whether all numbers of a tensor are finite: their exponent is not the highest.</summary>
    public static bool AreAll(Tensor tensor)
    {
        switch (tensor.Type)
        {
            case ElementType.F16:
                const int HalfExponent = 0x7c00;
                foreach (ushort bits in MemoryMarshal.Cast<byte, ushort>(tensor.Bytes))
                {
                    if ((bits & HalfExponent) == HalfExponent)
                    {
                        return false;
                    }
                }

                return true;
            case ElementType.F32:
                foreach (float number in MemoryMarshal.Cast<byte, float>(tensor.Bytes))
                {
                    if (!float.IsFinite(number))
                    {
                        return false;
                    }
                }

                return true;
            default:
                return true;
        }
    }
}
