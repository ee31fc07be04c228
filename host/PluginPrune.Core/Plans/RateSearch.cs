using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Core.Costs;

namespace PluginPrune.Core.Plans;

/// <summary>Finds the rate that a budget and a measured target ask for. Several bounds hold together.</summary>
/// <param name="budget">The most that may be left, or null.</param>
/// <param name="target">What is measured, or null.</param>
/// <param name="whole">The cost of the whole network, of which shares are taken.</param>
/// <param name="round">Which round this is of several, or null.</param>
internal sealed class RateSearch(Budget? budget, IMeasuredTarget? target, CostTotals whole, PruningRound? round = null)
{
    // 2^-24 of the scores: finer than one channel of any network.
    private const int Steps = 24;

    private readonly CostTotals _limit = round?.Limit((budget ?? new Budget()).For(whole), whole) ?? (budget ?? new Budget()).For(whole);
    private readonly MeasuredSearch? _measured = target is null ? null : new MeasuredSearch(target);

    /// <summary>Whether curves say how far each group goes, so that the largest rates that were measured are the most.</summary>
    public bool IsByCurves { get; init; }

    /// <summary>The criterion's option that keeps a share of every layer, as messages call it; null where it has none.</summary>
    public string? Floor { get; init; }

    /// <summary>Whether layers are kept that might have gone.</summary>
    public bool Keeps { get; init; }

    /// <summary>What was measured so far.</summary>
    public ImmutableArray<TargetMeasurement> Path => _measured?.Path ?? [];

    /// <summary>The smallest rate within the budget, or the one that the measured target then asks for.</summary>
    /// <param name="planAt">Makes the plan of a rate.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <exception cref="PlanException">No rate meets both.</exception>
    public double Find(Func<double, PruningPlan> planAt, CancellationToken cancellationToken)
    {
        double rate = FindByCost(planAt, cancellationToken) ?? throw Unreachable(planAt(1));
        return _measured?.Find(planAt, rate, cancellationToken) ?? rate;
    }

    /// <summary>Halves the interval between a rate that leaves too much and one that does not.</summary>
    /// <param name="planAt">Makes the plan of a rate.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <returns>The rate, never one over the budget; null where even the rate 1 is.</returns>
    public double? FindByCost(Func<double, PruningPlan> planAt, CancellationToken cancellationToken)
    {
        if (IsWithin(planAt(0)))
        {
            return 0;
        }

        if (!IsWithin(planAt(1)))
        {
            return null;
        }

        double over = 0;
        double within = 1;
        for (int step = 0; step < Steps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double middle = (over + within) / 2;
            if (IsWithin(planAt(middle)))
            {
                within = middle;
            }
            else
            {
                over = middle;
            }
        }

        return within;
    }

    private PlanException Unreachable(PruningPlan least)
    {
        CostTotals cost = PlanCost.Of(least);
        string most = IsByCurves ? "with every group at the largest rate that its curve has" : "at rate 1, with every floor kept,";
        string remedy = IsByCurves
            ? "Measure larger rates or more groups ('host sensitivity --rates'), or remove blocks with --blocks."
            : $"Lower {(Floor is null ? string.Empty : $"the floor that the criterion keeps ({Floor}) or ")}--round-to, choose a criterion that leaves less alone, or remove blocks with --blocks.";
        string kept = Keeps ? "Keep fewer layers with --keep. " : string.Empty;
        return new PlanException(
            $"The budget ({budget}) cannot be met: {most} {Share(cost.Flops, whole.Flops)} of the FLOPs, {Share(cost.Parameters, whole.Parameters)} of the parameters and {Share(cost.Bytes, whole.Bytes)} of the bytes are left. {kept}{remedy}");
    }

    private static string Share(long part, long whole) => string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / whole:0.0} %");

    private bool IsWithin(PruningPlan plan)
    {
        CostTotals cost = PlanCost.Of(plan);
        return cost.Parameters <= _limit.Parameters && cost.Flops <= _limit.Flops && cost.Bytes <= _limit.Bytes;
    }
}
