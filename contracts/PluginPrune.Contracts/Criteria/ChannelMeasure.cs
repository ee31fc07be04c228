namespace PluginPrune.Contracts.Criteria;

/// <summary>A number for each output channel of a layer, measured on labelled pictures.</summary>
/// <param name="Node">The id of a batch norm, a convolution or a linear layer that has what <paramref name="Kind"/> looks at.</param>
/// <param name="Kind">What number.</param>
public sealed record ChannelMeasure(string Node, ChannelMeasureKind Kind);
