using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Core.Recalibration;

/// <summary>Gives layers the numbers by which they make of what they see what they are to make.</summary>
internal static class LayerFit
{
    /// <summary>
    /// With z the wanted value of a batch norm before scale and shift: sqrt(variance + epsilon) = std(x) / std(z) and
    /// mean = E(x) - E(z) sqrt(variance + epsilon); without one, the mean and the variance of x. A channel that does not vary,
    /// here or there, keeps its variance: divided by epsilon alone, the first picture on which it does vary would make it
    /// explode.
    /// </summary>
    /// <param name="norm">The batch norm.</param>
    /// <param name="seen">What it sees of the pictures.</param>
    /// <param name="wanted">What is to come of them; null for mean 0 and variance 1.</param>
    public static BatchNorm Fit(BatchNorm norm, Moments seen, Moments? wanted)
    {
        float[] means = norm.Mean.Floats.ToArray();
        float[] variances = norm.Variance.Floats.ToArray();
        for (int channel = 0; channel < means.Length; channel++)
        {
            double mean = wanted?.Means[channel] ?? 0;
            double variance = wanted?.Variances[channel] ?? 1;
            if (double.IsNaN(mean))
            {
                continue;
            }

            if (seen.Variances[channel] > 0 && variance > 0)
            {
                variances[channel] = (float)Math.Max(0, (seen.Variances[channel] / variance) - (wanted is null ? 0 : norm.Epsilon));
            }

            means[channel] = (float)(seen.Means[channel] - (mean * Math.Sqrt(variances[channel] + norm.Epsilon)));
        }

        return norm with { Mean = norm.Mean.WithFloats(means), Variance = norm.Variance.WithFloats(variances) };
    }

    /// <summary>The bias by which the outputs have the means that they are to have (Nagel et al. 2019, section 4.2).</summary>
    /// <param name="bias">The bias.</param>
    /// <param name="seen">What comes of the pictures with it.</param>
    /// <param name="wanted">What is to come of them.</param>
    public static Tensor Fit(Tensor bias, Moments seen, Moments wanted)
    {
        float[] biases = bias.Floats.ToArray();
        for (int channel = 0; channel < biases.Length; channel++)
        {
            double difference = wanted.Means[channel] - seen.Means[channel];
            biases[channel] = double.IsNaN(difference) ? biases[channel] : (float)(biases[channel] + difference);
        }

        return bias.WithFloats(biases);
    }
}
