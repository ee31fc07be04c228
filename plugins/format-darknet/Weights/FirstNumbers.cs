using PluginPrune.Contracts.Networks;

namespace PluginPrune.FormatDarknet.Weights;

/// <summary>
/// What layers begin with that a partial .weights file does not hold: biases and means 0, scales, variances and the factors of shortcuts 1, weights
/// uniform with the variance 2 / fan-in (He et al. 2015, equation 10). The same for a cfg every time.
/// </summary>
internal static class FirstNumbers
{
    private const ulong GoldenRatio = 0x9E3779B97F4A7C15;

    public static void Fill(WeightsSlot slot)
    {
        switch (slot.Role)
        {
            case "gamma" or "variance" or "factors":
                Array.Fill(slot.Elements, 1);
                break;
            case "weight":
                FillUniform(slot.Elements, (ulong)slot.Offset, Math.Sqrt(6.0 / FanIn(slot.Shape)));
                break;
            default:
                Array.Clear(slot.Elements);
                break;
        }
    }

    // [out, in, ...], and [places, out, in, ...] of [local].
    private static int FanIn(Shape shape)
    {
        int fan = 1;
        for (int axis = shape.Rank > 4 ? 2 : 1; axis < shape.Rank; axis++)
        {
            fan *= shape[axis];
        }

        return fan;
    }

    private static void FillUniform(Span<float> numbers, ulong first, double limit)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            // The splitmix64 finaliser (Steele, Lea and Flood 2014, section 4) of the number's place in the whole file.
            ulong z = (first + (ulong)i + 1) * GoldenRatio;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            z ^= z >> 31;
            numbers[i] = (float)(((2 * ((z >> 11) * (1.0 / (1UL << 53)))) - 1) * limit);
        }
    }
}
