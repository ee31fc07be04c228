using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Core.Analysis;

/// <summary>
/// Says, for operations that hand channels on, which input channel an output channel comes from. Grouping channels and
/// folding constants both follow these routes, so that they cannot disagree.
/// </summary>
internal static class ChannelRouting
{
    /// <summary>In place of an input channel: the output channel is 0 everywhere.</summary>
    public const int Nothing = -1;

    /// <summary>
    /// For every output channel the input channel that it comes from, counted through all inputs behind each other, or
    /// <see cref="Nothing"/>; null for operations that make channels, mix them, or join several into one (addition, multiplication).
    /// </summary>
    /// <param name="operation">The operation.</param>
    /// <param name="inputs">The shapes of its inputs.</param>
    /// <param name="output">The shape of its output.</param>
    public static int[]? Sources(Operation operation, ReadOnlySpan<Shape> inputs, Shape output)
    {
        switch (operation)
        {
            case BatchNorm or Activation or Identity or Dropout or Concat or MaxPool or AveragePool or GlobalAveragePool or GlobalMaxPool or Upsample or CenterCrop:
                return Route(output, static channel => channel);
            case Transpose { Order: [0, ..] }:
                return Route(output, static channel => channel);
            case Convolution { IsDepthwise: true } convolution:
                int multiplier = convolution.OutputChannels / convolution.Groups;
                return Route(output, channel => channel / multiplier);
            case Split split:
                int part = output.Channels;
                return Route(output, channel => (split.Index * part) + channel);
            case Slice slice:
                return Route(output, channel => slice.Start + channel);
            case ChannelPadding padding:
                int padded = inputs[0].Channels;
                return Route(output, channel => channel >= padding.Before && channel < padding.Before + padded ? channel - padding.Before : Nothing);
            case SpaceToDepth:
                int channels = inputs[0].Channels;
                return Route(output, channel => channel % channels);
            case ChannelShuffle shuffle:
                int perGroup = output.Channels / shuffle.Groups;
                return Route(output, channel => ((channel % shuffle.Groups) * perGroup) + (channel / shuffle.Groups));
            case Flatten:
                int places = inputs[0].ElementsPerChannel;
                return Route(output, channel => channel / places);
            default:
                return null;
        }
    }

    private static int[] Route(Shape output, Func<int, int> source)
    {
        int[] sources = new int[output.Channels];
        for (int channel = 0; channel < sources.Length; channel++)
        {
            sources[channel] = source(channel);
        }

        return sources;
    }
}
