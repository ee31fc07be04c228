using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Core.Selection;

namespace PluginPrune.Core.Sensitivity;

/// <summary>What is to be measured.</summary>
public sealed record SensitivityRequest
{
    /// <summary>Which channels go.</summary>
    public required IPruningCriterion Criterion { get; init; }

    /// <summary>The shares of a group that go, ascending, above 0 to 1.</summary>
    public required ImmutableArray<double> Rates { get; init; }

    /// <summary>Layers or nodes whose groups are looked at; empty for all.</summary>
    public ImmutableArray<string> Layers { get; init; } = [];

    /// <summary>Layers that nothing goes from; null for none.</summary>
    public KeptLayers? Kept { get; init; }

    /// <summary>The metric that the curves are of, by its name; null for the meter's first.</summary>
    public string? Metric { get; init; }

    /// <summary>The seed of everything random.</summary>
    public int Seed { get; init; }
}
