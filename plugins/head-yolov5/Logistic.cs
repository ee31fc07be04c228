namespace PluginPrune.HeadYolov5;

/// <summary>The logistic function, and how to tell its outcome from its argument.</summary>
internal static class Logistic
{
    // Room for rounding: what is let through is compared exactly afterwards.
    private const double Slack = 1e-5;

    /// <summary>1 / (1 + e^-x).</summary>
    public static float Of(float x) => 1 / (1 + MathF.Exp(-x));

    /// <summary>A number such that no argument that is not above it gives more than a probability. It saves the exponentials of the many.</summary>
    public static float LogitBelow(double probability)
    {
        double lowered = probability * (1 - Slack);
        return lowered <= 0 ? float.NegativeInfinity : (float)Math.Log(lowered / Math.Max(1 - lowered, Slack / 2));
    }
}
