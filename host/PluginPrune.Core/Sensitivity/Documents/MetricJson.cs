using System.Text.Json;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Core.Evaluation;

namespace PluginPrune.Core.Sensitivity;

/// <summary>A metric with its value, as JSON.</summary>
internal static class MetricJson
{
    public static void Write(Utf8JsonWriter json, Metric metric)
    {
        json.WriteStartObject();
        WriteProperties(json, metric);
        json.WriteEndObject();
    }

    public static void WriteProperties(Utf8JsonWriter json, Metric metric)
    {
        json.WriteString("name", metric.Name);
        json.WriteString("unit", metric.Unit);
        json.WriteString("better", NameOf(metric.Direction));
        json.WriteNumber("decimals", metric.Decimals);
        json.WritePropertyName("value");
        EvaluationJson.WriteValue(json, metric.Value);
    }

    /// <exception cref="KeyNotFoundException">A property is missing.</exception>
    /// <exception cref="InvalidOperationException">A property is of another type.</exception>
    /// <exception cref="FormatException">A property has no such value.</exception>
    public static Metric Read(JsonElement json) => new(
        json.GetProperty("name").GetString()!,
        json.GetProperty("value") is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : double.NaN,
        json.GetProperty("unit").GetString()!,
        DirectionOf(json.GetProperty("better").GetString()) ?? throw new FormatException("There is no such direction."),
        json.GetProperty("decimals").GetInt32());

    public static MetricDirection? DirectionOf(string? name) => name switch
    {
        "higher" => MetricDirection.Higher,
        "lower" => MetricDirection.Lower,
        "neutral" => MetricDirection.Neutral,
        _ => null,
    };

    private static string NameOf(MetricDirection direction) => direction switch
    {
        MetricDirection.Higher => "higher",
        MetricDirection.Lower => "lower",
        _ => "neutral",
    };
}
