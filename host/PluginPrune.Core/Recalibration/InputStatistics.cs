using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Core.Recalibration;

/// <summary>What a batch norm sees, channel by channel.</summary>
/// <param name="means">The means.</param>
/// <param name="squares">The means of the squares.</param>
internal sealed class InputStatistics(double[] means, double[] squares)
{
    // Sums of single precision are this far off; what varies less does not vary.
    private const double Rounding = 1e-12;

    /// <summary>How many channels do not vary.</summary>
    public int Constant => Enumerable.Range(0, means.Length).Count(IsConstant);

    /// <exception cref="RecalibrationException">A number is not finite.</exception>
    public void RefuseUnusable(Node norm)
    {
        int odd = Array.FindIndex(squares, static square => !double.IsFinite(square));
        if (odd >= 0)
        {
            throw new RecalibrationException(
                $"What {norm} sees of the pictures is not finite in channel {odd}: its statistics cannot be re-estimated. The weights before it are broken, or overflow; 'host inspect' shows the layer.");
        }
    }

    /// <summary>
    /// The batch norm with these means and variances. A channel that does not vary keeps its variance: divided by epsilon
    /// alone, the first picture on which it does vary would make it explode.
    /// </summary>
    public BatchNorm Fit(BatchNorm norm)
    {
        float[] variances = norm.Variance.Floats.ToArray();
        for (int channel = 0; channel < variances.Length; channel++)
        {
            if (!IsConstant(channel))
            {
                variances[channel] = (float)(squares[channel] - (means[channel] * means[channel]));
            }
        }

        return norm with
        {
            Mean = norm.Mean.WithFloats(Array.ConvertAll(means, static mean => (float)mean)),
            Variance = norm.Variance.WithFloats(variances),
        };
    }

    private bool IsConstant(int channel) => squares[channel] - (means[channel] * means[channel]) <= Rounding * squares[channel];
}
