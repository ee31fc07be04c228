using System.Collections.Immutable;

namespace PluginPrune.Core.Recipes;

/// <summary>A step's networks: one, or one for each seed.</summary>
/// <param name="Step">The step's name.</param>
/// <param name="Repetitions">At least one.</param>
public sealed record ResultRow(string Step, ImmutableArray<StepResult> Repetitions)
{
    /// <summary>The mean of a metric.</summary>
    /// <param name="metric">Its name.</param>
    public SampleMean Mean(string metric) => SampleMean.Of(Repetitions.Select(one => one[metric]));
}
