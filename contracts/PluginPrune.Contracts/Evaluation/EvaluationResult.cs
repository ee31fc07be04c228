using System.Collections.Immutable;

namespace PluginPrune.Contracts.Evaluation;

/// <summary>What was measured of one subject.</summary>
/// <param name="Metrics">The figures, the most important first.</param>
public sealed record EvaluationResult(ImmutableArray<Metric> Metrics)
{
    /// <summary>More figures, for instance one row a class.</summary>
    public ImmutableArray<MetricTable> Tables { get; init; } = [];

    /// <summary>Curves, for instance precision over recall.</summary>
    public ImmutableArray<Curve> Curves { get; init; } = [];
}
