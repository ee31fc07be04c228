using System.Collections.Immutable;

namespace PluginPrune.Core.Sensitivity;

/// <summary>How a metric falls as more and more of one channel group goes while all others stay whole.</summary>
/// <param name="Group">The group's name: the id of its first producer.</param>
/// <param name="Layers">The layers of the user's file whose channels are tied.</param>
/// <param name="Channels">How many channels the group has.</param>
/// <param name="Points">What was measured, by ascending rate.</param>
public sealed record GroupCurve(string Group, ImmutableArray<string> Layers, int Channels, ImmutableArray<CurvePoint> Points)
{
    /// <summary>
    /// How much worse the metric is at each point or at any point before it: what comes back at a higher rate is chance, and is
    /// not counted on. 0 where it is better than the whole network's; infinite where it has no value.
    /// </summary>
    /// <param name="metric">What was measured.</param>
    public ImmutableArray<double> Drops(CurveMetric metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        var drops = ImmutableArray.CreateBuilder<double>(Points.Length);
        double worst = 0;
        foreach (CurvePoint point in Points)
        {
            worst = Math.Max(worst, metric.DropOf(point.Value));
            drops.Add(worst);
        }

        return drops.MoveToImmutable();
    }

    /// <summary>The point with the largest rate up to which the metric never got worse by more than so much; null where already the first one is.</summary>
    /// <param name="metric">What was measured.</param>
    /// <param name="drop">The most by which it gets worse, to within rounding: 0.8 - 0.75 is 0.05.</param>
    public CurvePoint? LargestWithin(CurveMetric metric, double drop)
    {
        ImmutableArray<double> drops = Drops(metric);
        CurvePoint? largest = null;
        for (int i = 0; i < drops.Length && CurveMetric.IsWithin(drops[i], drop); i++)
        {
            largest = Points[i];
        }

        return largest;
    }

    /// <summary>The rate at which the metric gets worse by so much, with straight lines between what was measured: for searching between two points.</summary>
    /// <param name="metric">What was measured.</param>
    /// <param name="drop">The drop, 0 or more.</param>
    public double RateAt(CurveMetric metric, double drop)
    {
        ImmutableArray<double> drops = Drops(metric);
        (double rate, double before) = (0, 0);
        for (int i = 0; i < drops.Length; i++)
        {
            if (drops[i] > drop)
            {
                // An infinite drop has no way there.
                return double.IsFinite(drops[i]) ? rate + ((Points[i].Rate - rate) * (drop - before) / (drops[i] - before)) : rate;
            }

            (rate, before) = (Points[i].Rate, drops[i]);
        }

        return rate;
    }
}
