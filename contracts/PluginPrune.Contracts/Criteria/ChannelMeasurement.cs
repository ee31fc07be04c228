using System.Collections.Immutable;

namespace PluginPrune.Contracts.Criteria;

/// <summary>What a criterion wants measured.</summary>
/// <param name="Measures">What of which layers; what is asked for together is measured together.</param>
/// <param name="Pictures">On how many pictures at most, at least 1. They are drawn by <see cref="PruningContext.Seed"/>.</param>
public sealed record ChannelMeasurement(ImmutableArray<ChannelMeasure> Measures, int Pictures)
{
    /// <summary>How many pictures share a derivative, at least 1; the last batch may have fewer.</summary>
    /// <value>The default is 8.</value>
    public int BatchSize { get; init; } = 8;
}
