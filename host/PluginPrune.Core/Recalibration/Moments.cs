using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Recalibration;

/// <summary>Means and variances over pictures and places, channel by channel.</summary>
internal sealed class Moments
{
    // Sums of single precision are this far off; what varies less does not vary.
    private const double Rounding = 1e-12;

    /// <param name="means">The means.</param>
    /// <param name="squares">The means of the squares.</param>
    public Moments(double[] means, double[] squares)
    {
        Means = means;
        Variances = new double[means.Length];
        for (int channel = 0; channel < means.Length; channel++)
        {
            double variance = squares[channel] - (means[channel] * means[channel]);

            // What is not finite stays so, to be told.
            Variances[channel] = variance <= Rounding * squares[channel] ? 0 : variance;
        }
    }

    private Moments(double[] means, double[] variances, bool[] keep)
    {
        Means = [.. means.Where((_, channel) => keep[channel])];
        Variances = [.. variances.Where((_, channel) => keep[channel])];
    }

    public double[] Means { get; }

    /// <summary>0 where a channel does not vary.</summary>
    public double[] Variances { get; }

    /// <exception cref="RecalibrationException">A number is not finite.</exception>
    /// <param name="layer">Whose moments they are.</param>
    public void RefuseUnusable(Node layer)
    {
        int odd = Array.FindIndex(Variances, static variance => !double.IsFinite(variance));
        if (odd >= 0)
        {
            throw new RecalibrationException(
                $"What {layer} sees of the pictures is not finite in channel {odd}: it cannot be fitted. The weights before it are broken, or overflow; 'host inspect' shows the layer.");
        }
    }

    /// <summary>Those of some channels.</summary>
    /// <param name="keep">Which.</param>
    /// <param name="unknown">Of which the moments are not to be used: they become NaN.</param>
    public Moments Cut(bool[] keep, bool[] unknown) =>
        new([.. Means.Select((mean, channel) => unknown[channel] ? double.NaN : mean)], [.. Variances.Select((variance, channel) => unknown[channel] ? double.NaN : variance)], keep);
}
