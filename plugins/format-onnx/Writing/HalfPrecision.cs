using PluginPrune.Contracts.Networks;

namespace PluginPrune.FormatOnnx.Writing;

/// <summary>Tensors in half precision.</summary>
internal static class HalfPrecision
{
    /// <summary>The largest number that there is.</summary>
    public const float Largest = 65504;

    /// <summary>The tensor in half precision, each number rounded to the nearest.</summary>
    public static Tensor Of(Tensor tensor)
    {
        if (tensor.Type == ElementType.F16)
        {
            return tensor;
        }

        ReadOnlySpan<float> numbers = tensor.Floats;
        var halfs = new Half[numbers.Length];
        for (int i = 0; i < halfs.Length; i++)
        {
            halfs[i] = (Half)numbers[i];
        }

        return Tensor.FromHalfs(tensor.Shape, halfs);
    }

    /// <summary>Whether a tensor has a number that half precision has not.</summary>
    public static bool Overflows(Tensor tensor)
    {
        foreach (float number in tensor.Floats)
        {
            if (MathF.Abs(number) > Largest)
            {
                return true;
            }
        }

        return false;
    }
}
