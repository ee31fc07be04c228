using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Cli.Eval;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Core.Evaluation;
using PluginPrune.Core.Pruning;

namespace PluginPrune.Cli.Prune;

/// <summary>What was measured before and after, as a row of prune's table. Less important figures stand in report.json.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Before">Of the whole network.</param>
/// <param name="After">Of the small one.</param>
/// <param name="Change">What is left, or by how much it changed.</param>
internal sealed record MeasuredRow(string Name, string Before, string After, string Change)
{
    private const string None = "-";

    /// <summary>The rows of a report, the most important first.</summary>
    public static ImmutableArray<MeasuredRow> Of(PruneReport report) => [.. report.Evaluation?.Sections.SelectMany(Of) ?? []];

    private static IEnumerable<MeasuredRow> Of(EvaluationSection section)
    {
        (ImmutableArray<Metric> before, ImmutableArray<Metric> after) = (section.Results[0].Metrics, section.Results[1].Metrics);
        return section.Evaluator switch
        {
            PruneMeasuring.Latency => [Compare(before[0], after[0]) with { Name = $"time, {before[0].Unit}" }],

            // The first network is compared with itself.
            PruneMeasuring.Fidelity => after.Where(static metric => double.IsFinite(metric.Value)).Take(1)
                .Concat(after.Where(static metric => metric.Name == "found again" && double.IsFinite(metric.Value)))
                .Select(static metric => new MeasuredRow(metric.Name, None, MetricText.Value(metric, metric.Value), None)),
            _ => before.Zip(after).TakeWhile(static pair => pair.First.Direction != MetricDirection.Neutral).Select(static pair => Compare(pair.First, pair.Second)),
        };
    }

    private static MeasuredRow Compare(Metric before, Metric after) => new(
        MetricText.Title(before), MetricText.Value(before, before.Value), MetricText.Value(after, after.Value), ChangeOf(before, after));

    /// <summary>Of what is better when it is higher people ask how much it lost, of what costs how much is left.</summary>
    private static string ChangeOf(Metric before, Metric after) =>
        !double.IsFinite(after.Value - before.Value) ? None
        : before.Direction == MetricDirection.Higher && before.Unit.Length == 0 ? (after.Value - before.Value).ToString("+0.0000;-0.0000;0", CultureInfo.InvariantCulture)
        : before.Value == 0 ? None
        : string.Create(CultureInfo.InvariantCulture, $"{after.Value / before.Value:P1}");
}
