using System.Collections.Immutable;
using PluginPrune.Cli.Inspect;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Core.Evaluation;
using Spectre.Console;

namespace PluginPrune.Cli.Eval;

/// <summary>Shows to a person what was measured.</summary>
/// <param name="writer">Takes the text.</param>
internal sealed class EvaluationTables(TextWriter writer)
{
    /// <summary>All that was measured of one network: a metric a line, then the tables.</summary>
    public void WriteOne(EvaluationReport report)
    {
        int width = report.Sections.SelectMany(static section => section.Results[0].Metrics).Select(static metric => metric.Name.Length).DefaultIfEmpty(0).Max();
        foreach (EvaluationSection section in report.Sections)
        {
            writer.WriteLine();
            writer.WriteLine($"{section.Evaluator}:");
            foreach (Metric metric in section.Results[0].Metrics)
            {
                writer.WriteLine($"  {metric.Name.PadRight(width)}  {MetricText.WithUnit(metric)}");
            }

            foreach (MetricTable table in Listed(section.Results[0].Tables))
            {
                Write(table, title: null);
            }
        }
    }

    /// <summary>Several networks: a row each, and how they compare with the first.</summary>
    public void WriteSeveral(EvaluationReport report)
    {
        ImmutableArray<Metric> columns = [.. report.Sections.SelectMany(static section => section.Results[0].Metrics)];
        double[][] values =
        [
            .. Enumerable.Range(0, report.Subjects.Length)
                .Select(index => report.Sections.SelectMany(section => section.Results[index].Metrics).Select(static metric => metric.Value).ToArray()),
        ];
        Table figures = Tables.New(["network", .. columns.Select(static column => ">" + MetricText.Title(column))]);
        Table ratios = Tables.New([$"against {report.Subjects[0]}", .. columns.Select(static column => ">" + column.Name)]);
        for (int i = 0; i < values.Length; i++)
        {
            Tables.Row(figures, [report.Subjects[i], .. columns.Select((column, place) => MetricText.Value(column, values[i][place]))]);
            if (i > 0)
            {
                Tables.Row(ratios, [report.Subjects[i], .. columns.Select((_, place) => MetricText.Ratio(values[i][place], values[0][place]))]);
            }
        }

        writer.WriteLine();
        Tables.Write(writer, figures, isWide: true);
        if (values.Length > 1)
        {
            writer.WriteLine();
            Tables.Write(writer, ratios, isWide: true);
        }

        for (int i = 0; i < report.Subjects.Length; i++)
        {
            foreach (MetricTable table in report.Sections.SelectMany(section => Listed(section.Results[i].Tables)))
            {
                Write(table, report.Subjects[i]);
            }
        }
    }

    private void Write(MetricTable table, string? title)
    {
        writer.WriteLine();
        writer.WriteLine(title is null ? $"{table.Title}:" : $"{title}, {table.Title}:");
        Table shown = Tables.New([table.RowName, .. table.Columns.Select(static column => ">" + MetricText.Title(column))]);
        foreach (MetricRow row in table.Rows)
        {
            Tables.Row(shown, [row.Name, .. table.Columns.Select((column, place) => MetricText.Value(column, row.Values[place]))]);
        }

        Tables.Write(writer, shown, isWide: true);
    }

    private static ImmutableArray<T> Listed<T>(ImmutableArray<T> items) => items.IsDefault ? [] : items;
}
