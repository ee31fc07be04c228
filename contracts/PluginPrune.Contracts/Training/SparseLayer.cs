using System.Collections.Immutable;

namespace PluginPrune.Contracts.Training;

/// <summary>A batch norm that is trained sparse.</summary>
/// <param name="BatchNorm">The node's id.</param>
/// <param name="Gamma">Its scales as they are.</param>
public sealed record SparseLayer(string BatchNorm, ImmutableArray<float> Gamma);
