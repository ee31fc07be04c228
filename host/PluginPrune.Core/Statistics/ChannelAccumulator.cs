using PluginPrune.Contracts.Engines;

namespace PluginPrune.Core.Statistics;

/// <summary>One statistic of a value's channels, batch by batch.</summary>
internal sealed class ChannelAccumulator(ChannelStatistic statistic, int channels)
{
    private readonly double[] _values = Start(statistic, channels);
    private long _pictures;

    /// <summary>For each channel the statistic of all pictures.</summary>
    public double[] Result => statistic == ChannelStatistic.Maximum ? [.. _values] : Array.ConvertAll(_values, value => value / _pictures);

    /// <summary>Takes a batch's elements.</summary>
    public void Add(Batch<float> batch)
    {
        int places = batch.Shape.ElementsPerChannel;
        for (int picture = 0; picture < batch.Size; picture++)
        {
            ReadOnlySpan<float> elements = batch[picture];
            for (int channel = 0; channel < _values.Length; channel++)
            {
                ReadOnlySpan<float> ofChannel = elements.Slice(channel * places, places);
                switch (statistic)
                {
                    case ChannelStatistic.Maximum:
                        _values[channel] = Math.Max(_values[channel], ChannelKernels.Maximum(ofChannel));
                        break;
                    case ChannelStatistic.ShareOfZeros:
                        _values[channel] += (double)ChannelKernels.CountZeros(ofChannel) / places;
                        break;
                    default:
                        _values[channel] += ChannelKernels.Sum(ofChannel, statistic switch { ChannelStatistic.MeanOfSquares => 2, ChannelStatistic.MeanOfAbsolutes => 0, _ => 1 }) / places;
                        break;
                }
            }
        }

        _pictures += batch.Size;
    }

    /// <summary>Takes what an engine reduced a batch to.</summary>
    /// <param name="reduced">One number a channel.</param>
    /// <param name="pictures">Of how many pictures.</param>
    /// <exception cref="InvalidOperationException">There are more or fewer numbers than channels.</exception>
    public void Add(double[] reduced, int pictures)
    {
        if (reduced.Length != _values.Length)
        {
            throw new InvalidOperationException($"The engine reduced a value of {_values.Length} channels to {reduced.Length} numbers.");
        }

        for (int channel = 0; channel < _values.Length; channel++)
        {
            _values[channel] = statistic == ChannelStatistic.Maximum ? Math.Max(_values[channel], reduced[channel]) : _values[channel] + (pictures * reduced[channel]);
        }

        _pictures += pictures;
    }

    private static double[] Start(ChannelStatistic statistic, int channels)
    {
        double[] values = new double[channels];
        if (statistic == ChannelStatistic.Maximum)
        {
            Array.Fill(values, double.NegativeInfinity);
        }

        return values;
    }
}
