using System.Collections.Immutable;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Costs;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Surgery;

namespace PluginPrune.Core.Pruning;

/// <summary>What became of what dropped channels contributed, and what that costs.</summary>
/// <param name="Mode">How it was asked for.</param>
public sealed record FoldingReport(FoldingMode Mode)
{
    /// <summary>How many channels stay as constants, tied ones counted once.</summary>
    public int Constants { get; init; }

    /// <summary>The parameters of the small network that are there for them.</summary>
    public long Parameters { get; init; }

    /// <summary>The floating-point operations of the small network that are there for them.</summary>
    public long Flops { get; init; }

    /// <summary>Layers where <see cref="FoldingMode.Exact"/> is exact inside only.</summary>
    public ImmutableArray<string> InexactLayers { get; init; } = [];

    /// <summary>Whether the small network must compute what the masked one does, at the border too.</summary>
    public bool IsExact { get; init; }

    /// <summary>Counts.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="surgery">What was made of it.</param>
    public static FoldingReport Of(PruningPlan plan, SurgeryResult surgery)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(surgery);
        CostTotals with = PlanCost.Of(plan);
        CostTotals without = plan.Constants.IsEmpty ? with : PlanCost.Of(plan.WithoutConstants());
        return new FoldingReport(plan.Folding)
        {
            Constants = plan.Constants.Count,
            Parameters = with.Parameters - without.Parameters,
            Flops = with.Flops - without.Flops,
            InexactLayers = [.. surgery.InexactAtBorder.Select(static node => node.Origin.Layer).Distinct(StringComparer.Ordinal)],
            IsExact = plan.Folding == FoldingMode.Exact && surgery.Losses.IsEmpty && surgery.InexactAtBorder.IsEmpty,
        };
    }
}
