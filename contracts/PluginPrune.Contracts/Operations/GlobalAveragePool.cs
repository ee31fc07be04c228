using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Operations;

/// <summary>The mean of each channel: [channels, height, width] becomes [channels, 1, 1].</summary>
public sealed record GlobalAveragePool : Operation
{
    /// <inheritdoc />
    public override string Name => "global average pool";

    /// <inheritdoc />
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => new(SingleMap(inputs).Channels, 1, 1);
}
