using System.Collections.Immutable;
using PluginPrune.Core.Costs;
using PluginPrune.Core.Evaluation;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Verification;

namespace PluginPrune.Core.Pruning;

/// <summary>What a pruning run did.</summary>
public sealed record PruneReport
{
    /// <summary>What the user calls the network.</summary>
    public required string Network { get; init; }

    /// <summary>How the plan was made.</summary>
    public required ImmutableSortedDictionary<string, string> Made { get; init; }

    /// <summary>What went of the heads; null where they are what they were.</summary>
    public CropReport? Crop { get; init; }

    /// <summary>The cost of the network that was read.</summary>
    public required NetworkCost Before { get; init; }

    /// <summary>The cost of what was made of it.</summary>
    public required NetworkCost After { get; init; }

    /// <summary>The plan.</summary>
    public required PlanDocument Plan { get; init; }

    /// <summary>
    /// The share of the energy of the criterion's scores (the sum of their squares) that goes, tied layers merged; null
    /// where the criterion gave no scores.
    /// </summary>
    public double? EnergyRemoved { get; init; }

    /// <summary>What became of what dropped channels contributed.</summary>
    public required FoldingReport Folding { get; init; }

    /// <summary>The comparisons, or null where they were left out.</summary>
    public VerificationReport? Verification { get; init; }

    /// <summary>How the small network was fitted to the whole one on pictures; null where it was not.</summary>
    public RecalibrationReport? Recalibration { get; init; }

    /// <summary>How the rate was found by measuring; null where it was not.</summary>
    public RateSearchReport? Search { get; init; }

    /// <summary>What was measured of the network before and after, in this order; null where nothing was.</summary>
    public EvaluationReport? Evaluation { get; init; }

    /// <summary>What the user should know.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>The full path of the folder written to, or null.</summary>
    public string? OutputPath { get; init; }

    /// <summary>The names of the files in it.</summary>
    public ImmutableArray<string> Files { get; init; } = [];

    /// <summary>How long each step took.</summary>
    public required ImmutableArray<StepTime> Steps { get; init; }
}
