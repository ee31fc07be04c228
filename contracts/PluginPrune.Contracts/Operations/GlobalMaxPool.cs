using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Operations;

/// <summary>The maximum of each channel: [channels, height, width] becomes [channels, 1, 1].</summary>
public sealed record GlobalMaxPool : Operation
{
    /// <inheritdoc />
    public override string Name => "global max pool";

    /// <inheritdoc />
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => new(SingleMap(inputs).Channels, 1, 1);
}
