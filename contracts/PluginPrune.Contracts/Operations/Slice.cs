using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Operations;

/// <summary>A range of channels. Pruning moves its bounds with the channels that stay.</summary>
/// <param name="Start">The first channel, from 0.</param>
/// <param name="Length">How many, at least 1.</param>
public sealed record Slice(int Start, int Length) : Operation
{
    /// <inheritdoc />
    public override string Name => "slice";

    /// <inheritdoc />
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        Shape input = Single(inputs);
        return Start >= 0 && Length >= 1 && (long)Start + Length <= input.Channels
            ? input.WithChannels(Length)
            : throw new ShapeException($"{Length} channels from {Start} on cannot be taken of {input.Channels}.");
    }
}
