using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Operations;

/// <summary>Darknet's activations over all channels of a place ('norm_chan' and its kin).</summary>
/// <param name="Kind">Which of them.</param>
public sealed record ChannelNormalization(ChannelNormalizationKind Kind) : Operation
{
    /// <inheritdoc />
    public override string Name => "channel normalization";

    /// <inheritdoc />
    public override Shape InferShape(ReadOnlySpan<Shape> inputs) => SingleMap(inputs);
}
