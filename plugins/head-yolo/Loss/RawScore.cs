namespace PluginPrune.HeadYolo.Loss;

/// <summary>Single raw outputs as logits, be they logits or probabilities.</summary>
internal static class RawScore
{
    // Probabilities of 0 and 1 have no logit; what rounding in single precision makes of large ones is kept finite.
    private const double Least = 1e-7;

    /// <summary>The logit.</summary>
    /// <param name="value">The raw output.</param>
    /// <param name="isActivated">Whether it is a probability.</param>
    /// <param name="run">The derivative of the raw output by its logit.</param>
    public static double Logit(double value, bool isActivated, out double run)
    {
        if (!isActivated)
        {
            run = 1;
            return value;
        }

        double probability = Math.Clamp(value, Least, 1 - Least);
        run = probability * (1 - probability);
        return Math.Log(probability / (1 - probability));
    }
}
