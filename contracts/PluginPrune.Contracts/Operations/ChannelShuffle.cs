using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Operations;

/// <summary>
/// The channels as a matrix [groups, channels / groups], transposed (ShuffleNet, Zhang et al. 2018, section 3.1): output
/// channel i * groups + g is input channel g * channels / groups + i. Pruning keeps the groups equally large.
/// </summary>
/// <param name="Groups">Divides the channels.</param>
public sealed record ChannelShuffle(int Groups) : Operation
{
    /// <inheritdoc />
    public override string Name => "channel shuffle";

    /// <inheritdoc />
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        Shape input = Single(inputs);
        return Groups >= 1 && input.Channels % Groups == 0
            ? input
            : throw new ShapeException($"{Groups} groups do not divide {input.Channels} channels.");
    }
}
