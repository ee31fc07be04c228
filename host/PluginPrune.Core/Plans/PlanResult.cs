using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Core.Sensitivity;

namespace PluginPrune.Core.Plans;

/// <summary>A plan and what led to it.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Decision">What the criterion decided, or null where there was none.</param>
/// <param name="Rate">The rate that was searched for where a budget was given, or that is free where nobody chose one; else null.</param>
/// <param name="BlockScores">What the block criterion thought of each block, keyed by the additions' ids.</param>
public sealed record PlanResult(
    PruningPlan Plan, ChannelDecision? Decision, double? Rate, ImmutableSortedDictionary<string, double> BlockScores)
{
    /// <summary>Which round of several it is, so that rates refer to the network before the first; null for one alone.</summary>
    public PruningRound? Round { get; init; }

    /// <summary>The curves that said how far each group goes; null where there were none.</summary>
    public CurveAllowance? Curves { get; init; }

    /// <summary>Which layers the parts of the network are that have rates of their own, in words; null where none have.</summary>
    public string? Parts { get; init; }

    /// <summary>The criterion's option that the rates of parts stand in place of; null for none.</summary>
    public string? ReplacedOption { get; init; }

    /// <summary>What was measured on the way to the rate, in order; empty where nothing had to be.</summary>
    public ImmutableArray<TargetMeasurement> Path { get; init; } = [];
}
