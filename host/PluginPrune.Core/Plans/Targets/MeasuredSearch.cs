using System.Collections.Immutable;
using PluginPrune.Contracts.Groups;

namespace PluginPrune.Core.Plans;

/// <summary>
/// Finds the rate for a measured target by halving. Measurements cost seconds: each plan is measured once, however many rates
/// lead to it, and once more where it would be the result.
/// </summary>
/// <param name="target">The target.</param>
internal sealed class MeasuredSearch(IMeasuredTarget target)
{
    // A four-hundredth of the scores is finer than accuracy or time can be told apart.
    private const double Finest = 1.0 / 400;

    private readonly List<(PruningPlan Plan, TargetMeasurement Measurement)> _known = [];
    private readonly List<TargetMeasurement> _path = [];

    /// <summary>Every measurement, in the order in which they were made.</summary>
    public ImmutableArray<TargetMeasurement> Path => [.. _path];

    /// <summary>Searches.</summary>
    /// <param name="planAt">Makes the plan of a rate.</param>
    /// <param name="from">The least rate that comes into question.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <returns>A rate whose plan was measured and met the target.</returns>
    /// <exception cref="PlanException">No rate does.</exception>
    public double Find(Func<double, PruningPlan> planAt, double from, CancellationToken cancellationToken)
    {
        // The end of the interval where the target is met, and the other.
        double met = target.IsMetByMore ? 1 : from;
        double unmet = target.IsMetByMore ? from : 1;
        if (target.IsMetByMore && Measure(from).IsMet)
        {
            return from;
        }

        if (Measure(met) is { IsMet: false } best)
        {
            throw target.Unreachable(best);
        }

        while (true)
        {
            Halve();
            if (!target.IsNoisy || Confirm(met) is { IsMet: true })
            {
                // Several rates may lead to one plan: the one that stands in the path.
                return Measure(met).Rate;
            }

            // It looked better than it is. What was met farther away still counts.
            double failed = met;
            TargetMeasurement? other = _path
                .Where(step => step.IsMet && (target.IsMetByMore ? step.Rate > failed : step.Rate < failed))
                .MinBy(step => Math.Abs(step.Rate - failed));
            unmet = failed;
            met = other?.Rate ?? throw target.Unreachable(_path[^1]);
        }

        void Halve()
        {
            bool isClose = Measure(met).IsClose;
            while (!isClose && Math.Abs(met - unmet) > Finest && !AreSame(planAt(met), planAt(unmet)))
            {
                double middle = (met + unmet) / 2;
                TargetMeasurement measured = Measure(middle);
                if (measured.IsMet)
                {
                    met = middle;
                    isClose = measured.IsClose;
                }
                else
                {
                    unmet = middle;
                }
            }
        }

        TargetMeasurement Measure(double rate)
        {
            cancellationToken.ThrowIfCancellationRequested();
            PruningPlan plan = planAt(rate);
            int index = _known.FindIndex(known => AreSame(known.Plan, plan));
            return index >= 0 ? _known[index].Measurement : Add(plan, rate, isLast: false);
        }

        TargetMeasurement Confirm(double rate)
        {
            PruningPlan plan = planAt(rate);
            _known.RemoveAll(known => AreSame(known.Plan, plan));
            return Add(plan, rate, isLast: true);
        }

        TargetMeasurement Add(PruningPlan plan, double rate, bool isLast)
        {
            TargetMeasurement measured = target.Measure(plan, rate, isLast, cancellationToken);
            _path.Add(measured);
            _known.Add((plan, measured));
            return measured;
        }
    }

    private static bool AreSame(PruningPlan one, PruningPlan other)
    {
        if (!one.RemovedBlocks.SequenceEqual(other.RemovedBlocks) || one.Masks.Count != other.Masks.Count)
        {
            return false;
        }

        foreach (ChannelGroup group in one.Analysis.Groups)
        {
            if (!one.Masks[group].AsSpan().SequenceEqual(other.Masks[group].AsSpan()))
            {
                return false;
            }
        }

        return true;
    }
}
