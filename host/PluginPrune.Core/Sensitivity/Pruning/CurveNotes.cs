using System.Collections.Immutable;
using System.Globalization;

namespace PluginPrune.Core.Sensitivity;

/// <summary>Why a group goes as far as it does.</summary>
internal static class CurveNotes
{
    public static string OfDrop(GroupCurve curve, CurveMetric metric, double drop)
    {
        CurvePoint? largest = curve.LargestWithin(metric, drop);
        int next = largest is null ? 0 : curve.Points.IndexOf(largest) + 1;
        ImmutableArray<double> drops = curve.Drops(metric);
        string beyond = next < curve.Points.Length ? $"at {Percent(curve.Points[next].Rate)} it drops by {Amount(drops[next])}" : "no larger rate was measured";
        return largest is null
            ? $"stays whole: {metric.Metric.Name} may drop by {CurveAllowance.Text(drop)}, and {beyond}"
            : $"loses {Percent(largest.Rate)}, the largest rate measured at which {metric.Metric.Name} drops by no more than {CurveAllowance.Text(drop)} ({Amount(drops[next - 1])}); {beyond}";
    }

    public static string OfRate(GroupCurve curve, CurveMetric metric, double rate)
    {
        ImmutableArray<double> drops = curve.Drops(metric);
        int next = 0;
        while (next < drops.Length && curve.Points[next].Rate <= rate)
        {
            next++;
        }

        string before = next == 0 ? "0 at 0 %" : $"{Amount(drops[next - 1])} at {Percent(curve.Points[next - 1].Rate)}";
        string after = next < drops.Length ? $"{Amount(drops[next])} at {Percent(curve.Points[next].Rate)}" : "no larger rate was measured";
        return $"loses {Percent(rate)}; drop of {metric.Metric.Name}: {before}, {after}";
    }

    private static string Amount(double drop) => double.IsFinite(drop) ? drop.ToString("0.####", CultureInfo.InvariantCulture) : "all there is";

    private static string Percent(double rate) => string.Create(CultureInfo.InvariantCulture, $"{100 * rate:0.#} %");
}
