using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Operations;

/// <summary>
/// Channels of zeros before and behind those of the input: how a residual block whose result has more channels takes up its
/// input without weights (He et al. 2016, section 3.3, option A). Pruning moves the bounds with the channels that stay.
/// </summary>
/// <param name="Before">How many channels of zeros come first, 0 or more.</param>
/// <param name="After">How many come last, 0 or more.</param>
public sealed record ChannelPadding(int Before, int After) : Operation
{
    /// <inheritdoc />
    public override string Name => "channel padding";

    /// <inheritdoc />
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        Shape input = Single(inputs);
        return Before >= 0 && After >= 0 && (long)Before + input.Channels + After <= int.MaxValue
            ? input.WithChannels(Before + input.Channels + After)
            : throw new ShapeException($"{Before} channels before and {After} behind cannot be added to {input}.");
    }
}
