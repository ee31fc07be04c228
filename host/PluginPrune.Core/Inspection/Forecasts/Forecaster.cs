using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Costs;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Selection;

namespace PluginPrune.Core.Inspection;

/// <summary>
/// Forecasts what a criterion would take at every rate. The channels are chosen as pruning chooses them, tied layers and
/// floors included; nothing is cut and nothing is run.
/// </summary>
/// <param name="services">What the criterion may ask of the host.</param>
public sealed class Forecaster(IPruningServices services)
{
    // In steps of half a percent, from two percent on: each looks two percent to either side for a gap.
    private const int CliffSteps = 200;
    private const int FirstCliffStep = 4;

    // What lies before a gap must be next to nothing, or it is a bend like any other.
    private const double MostEnergyBefore = 0.05;

    // The least factor between two neighbouring scores that is a gap, and not a steep place of a smooth curve.
    private const double LeastJump = 1.5;

    /// <summary>The rates of the rows: 10 % to 90 % in tens.</summary>
    public static ImmutableArray<double> Rates { get; } = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

    /// <summary>Forecasts.</summary>
    /// <param name="analysis">The network.</param>
    /// <param name="criterion">What scores; its own rate does not matter.</param>
    /// <param name="seed">The seed of everything random.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public Forecast Make(NetworkAnalysis analysis, IPruningCriterion criterion, int seed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        ArgumentNullException.ThrowIfNull(criterion);
        var request = new PlanRequest { Criterion = criterion, Scope = PruningScope.Full, Seed = seed };
        var chooser = new ChannelChooser(analysis, request, services, cancellationToken);
        ChannelDecision decision = chooser.Decision!;
        var without = new Forecast { Scores = decision.Scores.IsDefault ? 0 : decision.Scores.Sum(static score => score.Values.Length), AskedRate = decision.Rate?.Value, Rule = decision.Rule };
        if (decision.Rate is null || (decision.Rule is not null && decision.Scores.IsDefaultOrEmpty))
        {
            return without;
        }

        var rows = ImmutableArray.CreateBuilder<ForecastRow>();
        foreach (double rate in Rates)
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows.Add(RowOf(chooser, rate));
        }

        if (decision.Rule is not { HasOwnSets: false } rule)
        {
            return without with { Rows = rows.ToImmutable() };
        }

        ImmutableArray<MemberScores> deciding = DecidingScores.Of(decision.Scores, rule.Coupling);
        double[] ranked = Ranked(deciding);
        var curve = new EnergyCurve(deciding);
        return new Forecast
        {
            Scores = ranked.Length,
            AskedRate = rule.Rate,
            Rule = rule,
            Rows = rows.ToImmutable(),
            Cliff = rule.Range == SelectionRange.PerLayer ? null : FindCliff(curve, ranked),
            FreeRate = curve.FindFreeRate(),
        };
    }

    private static double[] Ranked(ImmutableArray<MemberScores> scores)
    {
        double[] ranked = [.. scores.Where(static score => score.Member.IsInScope && !score.Group.IsLocked).SelectMany(static score => score.Values).Select(Math.Abs)];
        Array.Sort(ranked);
        return ranked;
    }

    /// <summary>The first gap: beyond it the energy leaps, whatever gaps come later.</summary>
    private static Cliff? FindCliff(EnergyCurve curve, double[] ranked)
    {
        foreach (int step in Enumerable.Range(FirstCliffStep, CliffSteps - (2 * FirstCliffStep) + 1))
        {
            if (curve.FindSafeRate((double)step / CliffSteps) is not { } safe || curve.At(safe) > MostEnergyBefore)
            {
                continue;
            }

            // The safe rate was rounded down to a tenth of a percent; the gap itself lies within that tenth.
            int first = Math.Max(1, (int)(safe * ranked.Length));
            int last = Math.Min(ranked.Length - 1, (int)((safe + 0.001) * ranked.Length) + 1);
            int gap = Enumerable.Range(first, Math.Max(1, last - first + 1)).MaxBy(i => ranked[i] / Math.Max(ranked[i - 1], double.Epsilon));
            if (ranked[gap] >= LeastJump * ranked[gap - 1])
            {
                return new Cliff(safe, ranked[gap - 1], ranked[gap], curve.At(safe));
            }
        }

        return null;
    }

    private static ForecastRow RowOf(ChannelChooser chooser, double rate)
    {
        PruningPlan plan = chooser.PlanAt(rate);
        CostTotals cost = PlanCost.Of(plan);
        return new ForecastRow(rate, cost.Parameters, cost.Flops * 1e-9, RemovedEnergy.Of(chooser.DecisionAt(rate), plan));
    }
}
