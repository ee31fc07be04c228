namespace PluginPrune.Shared.Losses;

/// <summary>Binary cross-entropy of a logit, focal where wanted (Lin et al. 2017, equation 4).</summary>
/// <remarks>
/// For targets between 0 and 1 the focal factor is (y (1 - p) + (1 - y) p)^exponent: how much of the probability is on the wrong side.
/// </remarks>
/// <param name="positive">What the part of a target that is 1 counts.</param>
/// <param name="exponent">The exponent of focal loss; 0 for none.</param>
internal readonly struct CrossEntropy(double positive, double exponent)
{
    /// <summary>The loss and its derivative by the logit.</summary>
    /// <param name="logit">What was predicted.</param>
    /// <param name="target">What is right, 0 to 1.</param>
    /// <param name="slope">The derivative.</param>
    public double Of(double logit, double target, out double slope)
    {
        // Of the two probabilities the smaller one is computed as such: 1 - p would lose all digits where p is near 1.
        double power = Math.Exp(-Math.Abs(logit));
        double larger = 1 / (1 + power);
        double smaller = power * larger;
        double rest = Math.Log(1 + power);
        (double yes, double no) = logit >= 0 ? (larger, smaller) : (smaller, larger);

        double loss = (positive * target * (Math.Max(-logit, 0) + rest)) + ((1 - target) * (Math.Max(logit, 0) + rest));
        slope = ((1 - target) * yes) - (positive * target * no);
        if (exponent == 0)
        {
            return loss;
        }

        double wrong = (target * no) + ((1 - target) * yes);
        double factor = Math.Pow(wrong, exponent);
        double relative = wrong > 0 ? exponent * (1 - (2 * target)) * yes * no / wrong : 0;
        slope = factor * (slope + (loss * relative));
        return loss * factor;
    }
}
