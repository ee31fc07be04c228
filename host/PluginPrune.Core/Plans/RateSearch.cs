using System.Globalization;
using PluginPrune.Core.Costs;

namespace PluginPrune.Core.Plans;

/// <summary>Finds the smallest rate whose plan is within a budget.</summary>
/// <param name="limit">The most of each cost.</param>
internal sealed class RateSearch(CostTotals limit)
{
    // 2^-24 of the scores: finer than one channel of any network.
    private const int Steps = 24;

    /// <summary>Halves the interval between a rate that leaves too much and one that does not.</summary>
    /// <param name="planAt">Makes the plan of a rate.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <returns>The rate, never one over the budget; null where even the rate 1 is.</returns>
    public double? Find(Func<double, PruningPlan> planAt, CancellationToken cancellationToken)
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

    /// <summary>What to tell a user whose budget cannot be met.</summary>
    /// <param name="least">The plan at rate 1.</param>
    /// <param name="whole">The cost of the whole network.</param>
    /// <param name="budget">The budget.</param>
    public static PlanException Unreachable(PruningPlan least, CostTotals whole, Budget budget)
    {
        CostTotals cost = PlanCost.Of(least);
        return new PlanException(string.Create(
            CultureInfo.InvariantCulture,
            $"The budget ({budget}) cannot be met: at rate 1, with every floor kept, {Share(cost.Flops, whole.Flops)} of the FLOPs, {Share(cost.Parameters, whole.Parameters)} of the parameters and {Share(cost.Bytes, whole.Bytes)} of the bytes are left. Lower the floor that the criterion keeps (slim's --layer-keep) or --round-to, choose a criterion that leaves less alone, or remove blocks with --blocks."));
    }

    private static string Share(long part, long whole) => string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / whole:0.0} %");

    private bool IsWithin(PruningPlan plan)
    {
        CostTotals cost = PlanCost.Of(plan);
        return cost.Parameters <= limit.Parameters && cost.Flops <= limit.Flops && cost.Bytes <= limit.Bytes;
    }
}
