using System.Collections.Immutable;
using PluginPrune.Contracts.Groups;

namespace PluginPrune.Core.Inspection;

/// <summary>What there is to know of one removable residual block.</summary>
/// <param name="Block">The block.</param>
/// <param name="Layers">The layers of the user's file that make its branch; the addition is not among them.</param>
/// <param name="Parameters">Learned numbers that go with it.</param>
/// <param name="MultiplyAdds">Multiplications with addition that go with it.</param>
/// <param name="MeanGamma">The mean magnitude of the scales of its last batch norm, by which it is added; null where it has none.</param>
/// <param name="IsRemoved">Whether a plan removes it, on its own or with a block around it.</param>
public sealed record BlockInspection(
    ResidualBlock Block, ImmutableArray<string> Layers, long Parameters, long MultiplyAdds, double? MeanGamma, bool IsRemoved)
{
    /// <summary>The layer of the addition.</summary>
    public string Layer => Block.Junction.Origin.Layer;

    /// <summary>Whether it cannot go, since a layer in it is to keep its channels.</summary>
    public bool IsKept { get; init; }
}
