using System.Collections.Immutable;
using PluginPrune.Core.Plans;

namespace PluginPrune.Core.Pruning;

/// <summary>How a rate was found by measuring.</summary>
/// <param name="Bound">What was asked for, in words.</param>
/// <param name="Steps">The measurements in the order in which they were made, and each in words.</param>
public sealed record RateSearchReport(string Bound, ImmutableArray<(TargetMeasurement Measurement, string Text)> Steps)
{
    /// <summary>The report of a search; null where nothing was measured.</summary>
    /// <param name="target">What was searched for, or null.</param>
    /// <param name="path">What was measured.</param>
    public static RateSearchReport? Of(IMeasuredTarget? target, ImmutableArray<TargetMeasurement> path) =>
        target is null || path.IsEmpty ? null : new(target.Bound, [.. path.Select(step => (step, target.TextOf(step.Value)))]);
}
