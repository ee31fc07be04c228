using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Training;

/// <summary>
/// Gives the pictures of one network's input the numbers that another network wants: the same pixels, in another order of channels, on
/// another scale. How pictures were fitted and varied stays as it is.
/// </summary>
/// <param name="from">How the numbers were made.</param>
/// <param name="to">How they are wanted.</param>
internal sealed class InputConversion(Preprocessing from, Preprocessing to)
{
    private readonly bool _isNeeded = from.Order != to.Order || from.Scale != to.Scale || !from.Mean.SequenceEqual(to.Mean) || !from.Deviation.SequenceEqual(to.Deviation);

    public Batch<float> Apply(Batch<float> input)
    {
        if (!_isNeeded)
        {
            return input;
        }

        int channels = input.Shape.Channels;
        int places = input.Shape.ElementsPerChannel;
        float[] elements = new float[input.Elements.Length];
        for (int i = 0; i < input.Size * channels; i++)
        {
            int channel = i % channels;
            int source = from.Order == to.Order ? channel : channels - 1 - channel;
            ReadOnlySpan<float> read = input.Elements.AsSpan((i - channel + source) * places, places);
            Span<float> written = elements.AsSpan(i * places, places);
            for (int place = 0; place < places; place++)
            {
                double pixel = ((read[place] * At(from.Deviation, source, 1)) + At(from.Mean, source, 0)) / from.Scale;
                written[place] = (float)(((pixel * to.Scale) - At(to.Mean, channel, 0)) / At(to.Deviation, channel, 1));
            }
        }

        return new Batch<float>(input.Size, input.Shape, elements);
    }

    private static double At(System.Collections.Immutable.ImmutableArray<double> numbers, int channel, double otherwise) =>
        numbers.IsDefaultOrEmpty ? otherwise : numbers[channel];
}
