using System.Collections.Immutable;
using PluginPrune.Core.Plans;

namespace PluginPrune.Core.Pruning;

/// <summary>How a rate was found by measuring.</summary>
/// <param name="Bound">What was asked for, in words.</param>
/// <param name="Steps">The measurements in the order in which they were made, and each in words.</param>
public sealed record RateSearchReport(string Bound, ImmutableArray<(TargetMeasurement Measurement, string Text)> Steps)
{
    /// <summary>Whether the steps' rates are drops that each group was allowed, and not rates of the criterion.</summary>
    public bool IsOfDrops { get; init; }

    /// <summary>What was varied, in words.</summary>
    public string Varied => IsOfDrops ? "drop allowed" : "rate";

    /// <summary>The report of a search; null where nothing was measured.</summary>
    /// <param name="target">What was searched for, or null.</param>
    /// <param name="result">What came of it.</param>
    public static RateSearchReport? Of(IMeasuredTarget? target, PlanResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return target is null || result.Path.IsEmpty ? null
            : result.Curves is { } curves
                ? new(target.Bound, [.. result.Path.Select(step => (step with { Rate = curves.DropAt(step.Rate) }, target.TextOf(step.Value)))]) { IsOfDrops = true }
                : new(target.Bound, [.. result.Path.Select(step => (step, target.TextOf(step.Value)))]);
    }
}
