using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Core.Training;

/// <summary>Mean and variance of a batch norm's input over several batches: those within batches, and how far the batches' means are apart.</summary>
/// <param name="channels">How many channels there are.</param>
internal sealed class ChannelMoments(int channels)
{
    private readonly double[] _sums = new double[channels];
    private readonly double[] _squares = new double[channels];

    /// <summary>Adds a batch.</summary>
    /// <param name="statistics">Its own mean and variance.</param>
    /// <param name="pictures">How much it counts.</param>
    public void Add(BatchNorm statistics, int pictures)
    {
        ReadOnlySpan<float> means = statistics.Mean.Floats;
        ReadOnlySpan<float> variances = statistics.Variance.Floats;
        for (int channel = 0; channel < channels; channel++)
        {
            double mean = means[channel];
            _sums[channel] += pictures * mean;
            _squares[channel] += pictures * (variances[channel] + (mean * mean));
        }
    }

    /// <summary>The batch norm with what the batches come to.</summary>
    /// <param name="norm">The batch norm.</param>
    /// <param name="pictures">How many pictures were added, above 0.</param>
    public BatchNorm In(BatchNorm norm, int pictures)
    {
        float[] means = new float[channels];
        float[] variances = new float[channels];
        for (int channel = 0; channel < channels; channel++)
        {
            double mean = _sums[channel] / pictures;
            means[channel] = (float)mean;
            variances[channel] = (float)Math.Max(0, (_squares[channel] / pictures) - (mean * mean));
        }

        return norm with { Mean = norm.Mean.WithFloats(means), Variance = norm.Variance.WithFloats(variances) };
    }
}
