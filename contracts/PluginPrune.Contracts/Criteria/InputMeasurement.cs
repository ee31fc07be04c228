using System.Collections.Immutable;

namespace PluginPrune.Contracts.Criteria;

/// <summary>What a criterion wants to know of what layers read, and of values, on pictures without labels.</summary>
/// <param name="Layers">The ids of convolutions and linear layers. Each answer takes the square of how many inputs one of its outputs has: ask for few where those are many.</param>
/// <param name="Pictures">On how many pictures at most, at least 1. They are drawn by <see cref="PruningContext.Seed"/>.</param>
public sealed record InputMeasurement(ImmutableArray<string> Layers, int Pictures)
{
    /// <summary>Nodes of whose outputs means and variances are wanted.</summary>
    /// <value>The default is empty.</value>
    public ImmutableArray<string> Values { get; init; } = [];
}
