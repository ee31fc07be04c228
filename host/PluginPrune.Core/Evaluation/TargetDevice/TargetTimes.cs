using System.Collections.Immutable;
using PluginPrune.Contracts.Evaluation;

namespace PluginPrune.Core.Evaluation;

/// <summary>Puts times from a latency table beside what was measured here.</summary>
/// <param name="table">The table.</param>
public sealed class TargetTimes(LatencyTable table)
{
    private const string SectionName = "target-device";
    private const string LayerRowName = "layer";

    /// <summary>Adds the table's times to a report: those of networks as a section of their own, those of layers as a column.</summary>
    /// <param name="report">The report.</param>
    /// <param name="names">For each of its subjects what the table may call it, the likeliest first.</param>
    /// <param name="warn">Takes a sentence on times that belong to no subject.</param>
    public EvaluationReport AddTo(EvaluationReport report, ImmutableArray<ImmutableArray<string>> names, Action<string> warn)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(warn);
        string?[] rows = [.. names.Select(candidates => candidates.FirstOrDefault(candidate => table.TotalOf(candidate) is not null))];
        foreach (string model in table.Models.Except(rows.OfType<string>(), StringComparer.Ordinal))
        {
            warn($"The latency table has times of '{model}', which is not among the networks ({string.Join(", ", names.Select(static candidates => candidates[0]).Distinct(StringComparer.Ordinal))}).");
        }

        var section = new EvaluationSection(SectionName, [.. rows.Select(row => new EvaluationResult([TimeColumn with { Value = row is null ? double.NaN : table.TotalOf(row)!.Value }]))]);
        return report with { Sections = [.. report.Sections.Select(section => AddLayers(section, rows)), section] };
    }

    private Metric TimeColumn => new($"time on {table.Device}", double.NaN, "ms", MetricDirection.Lower, 2);

    private EvaluationSection AddLayers(EvaluationSection section, string?[] rows) => section with
    {
        Results =
        [
            .. section.Results.Select((result, index) => result with
            {
                Tables = [.. (result.Tables.IsDefault ? [] : result.Tables).Select(layers => rows[index] is { } row ? AddLayers(layers, row) : layers)],
            }),
        ],
    };

    private MetricTable AddLayers(MetricTable layers, string model) =>
        layers.RowName == LayerRowName && layers.Rows.Any(row => table.LayerOf(model, row.Name) is not null)
            ? layers with
            {
                Columns = layers.Columns.Add(TimeColumn),
                Rows = [.. layers.Rows.Select(row => row with { Values = row.Values.Add(table.LayerOf(model, row.Name) ?? double.NaN) })],
            }
            : layers;
}
