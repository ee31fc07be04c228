using System.Text.Json;
using PluginPrune.Core.Evaluation;

namespace PluginPrune.Core.Recipes;

/// <summary>The table that a recipe ends with, as JSON, with every repetition.</summary>
public static class ResultJson
{
    /// <summary>Writes the properties of a table into an object that is open.</summary>
    /// <param name="json">Takes them.</param>
    /// <param name="table">The table.</param>
    public static void WriteProperties(Utf8JsonWriter json, ResultTable table)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(table);
        json.WriteString("baseline", table.Baseline?.Step);
        json.WriteStartArray("rows");
        foreach (ResultRow row in table.Rows)
        {
            json.WriteStartObject();
            json.WriteString("step", row.Step);
            WriteMeans(json, "mean", table.Columns, column => row.Mean(column.Metric));
            if (table.Baseline is not null && row != table.Baseline)
            {
                WriteMeans(json, "differenceFromBaseline", table.Columns.Where(static column => column.IsAccuracy), column => table.DifferenceOf(row, column.Metric));
            }

            json.WriteStartArray("repetitions");
            foreach (StepResult one in row.Repetitions)
            {
                Write(json, one);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMeans(Utf8JsonWriter json, string name, IEnumerable<ResultColumn> columns, Func<ResultColumn, SampleMean> meanOf)
    {
        json.WriteStartObject(name);
        foreach (ResultColumn column in columns)
        {
            if (meanOf(column) is { Count: > 0 } mean)
            {
                json.WriteStartObject(column.Metric);
                json.WritePropertyName("value");
                EvaluationJson.WriteValue(json, mean.Mean);
                json.WritePropertyName("standardError");
                EvaluationJson.WriteValue(json, mean.StandardError);
                json.WriteNumber("count", mean.Count);
                json.WriteEndObject();
            }
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, StepResult one)
    {
        json.WriteStartObject();
        if (one.Seed is { } seed)
        {
            json.WriteNumber("seed", seed);
        }

        json.WriteString("network", one.Network);
        json.WriteStartObject("metrics");
        foreach ((string metric, double value) in one.Metrics)
        {
            json.WritePropertyName(metric);
            EvaluationJson.WriteValue(json, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
