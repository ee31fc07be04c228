using System.Collections.Immutable;
using System.Text.Json;
using PluginPrune.Contracts.Evaluation;

namespace PluginPrune.Core.Evaluation;

/// <summary>Writes what was measured as JSON: a part of reports, and what `--json` prints.</summary>
public static class EvaluationJson
{
    /// <summary>Writes the properties of a report into an object that is open.</summary>
    /// <param name="json">Takes them.</param>
    /// <param name="report">The report.</param>
    public static void WriteProperties(Utf8JsonWriter json, EvaluationReport report)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(report);
        json.WriteString("engine", report.Engine);
        json.WriteString("dataset", report.Dataset);
        json.WriteStartArray("networks");
        for (int i = 0; i < report.Subjects.Length; i++)
        {
            json.WriteStartObject();
            json.WriteString("name", report.Subjects[i]);
            foreach (EvaluationSection section in report.Sections)
            {
                json.WriteStartObject(section.Evaluator);
                WriteResult(json, section.Results[i]);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>JSON has neither NaN nor infinity: such a value is null.</summary>
    /// <param name="json">Takes it.</param>
    /// <param name="value">The value.</param>
    public static void WriteValue(Utf8JsonWriter json, double value)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private static void WriteResult(Utf8JsonWriter json, EvaluationResult result)
    {
        json.WriteStartArray("metrics");
        foreach (Metric metric in result.Metrics)
        {
            json.WriteStartObject();
            WriteMetric(json, metric);
            json.WritePropertyName("value");
            WriteValue(json, metric.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("tables");
        foreach (MetricTable table in Listed(result.Tables))
        {
            WriteTable(json, table);
        }

        json.WriteEndArray();
        json.WriteStartArray("curves");
        foreach (Curve curve in Listed(result.Curves))
        {
            json.WriteStartObject();
            json.WriteString("name", curve.Name);
            json.WriteString("x", curve.XName);
            json.WriteString("y", curve.YName);
            json.WriteNumber("points", curve.X.Length);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTable(Utf8JsonWriter json, MetricTable table)
    {
        json.WriteStartObject();
        json.WriteString("title", table.Title);
        json.WriteStartArray("columns");
        foreach (Metric column in table.Columns)
        {
            json.WriteStartObject();
            WriteMetric(json, column);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("rows");
        foreach (MetricRow row in table.Rows)
        {
            json.WriteStartObject();
            json.WriteString(table.RowName, row.Name);
            json.WriteStartArray("values");
            foreach (double value in row.Values)
            {
                WriteValue(json, value);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMetric(Utf8JsonWriter json, Metric metric)
    {
        json.WriteString("name", metric.Name);
        json.WriteString("unit", metric.Unit);
#pragma warning disable CA1308 // Directions are written as plain words.
        json.WriteString("better", metric.Direction.ToString().ToLowerInvariant());
#pragma warning restore CA1308
    }

    // A plugin may leave them out.
    private static ImmutableArray<T> Listed<T>(ImmutableArray<T> items) => items.IsDefault ? [] : items;
}
