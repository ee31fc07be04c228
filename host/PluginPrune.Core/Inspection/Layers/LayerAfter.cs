namespace PluginPrune.Core.Inspection;

/// <summary>What a plan leaves of a layer.</summary>
/// <param name="IsRemoved">Whether the layer goes with a residual block.</param>
/// <param name="Channels">How many of its output channels stay.</param>
/// <param name="Parameters">Learned numbers that stay.</param>
/// <param name="MultiplyAdds">Multiplications with addition that stay.</param>
public sealed record LayerAfter(bool IsRemoved, int Channels, long Parameters, long MultiplyAdds);
