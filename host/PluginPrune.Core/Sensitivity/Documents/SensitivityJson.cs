using System.Collections.Immutable;
using System.Text.Json;
using PluginPrune.Core.Evaluation;
using PluginPrune.Core.Files;

namespace PluginPrune.Core.Sensitivity;

/// <summary>Writes sensitivity.json, and what `--json` prints.</summary>
public static class SensitivityJson
{
    /// <summary>Writes a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="stream">Takes UTF-8 text.</param>
    /// <param name="more">Writes more properties, after all others; null for none.</param>
    public static void Write(SensitivityDocument document, Stream stream, Action<Utf8JsonWriter>? more = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        JsonText.Write(stream, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("sensitivityVersion", SensitivityDocument.CurrentVersion);
            json.WriteString("network", document.Network);
            json.WriteString("architecture", document.Architecture);
            json.WriteString("settings", document.Settings);
            WriteCriterion(json, document);
            json.WriteStartObject("metric");
            json.WriteString("evaluator", document.Metric.Evaluator);
            MetricJson.WriteProperties(json, document.Metric.Metric);
            json.WriteEndObject();
            json.WriteString("engine", document.Engine);
            json.WriteString("dataset", document.Dataset);
            json.WriteNumber("pictures", document.Pictures);
            json.WriteNumber("recalibrated", document.Recalibrated);
            json.WriteNumber("reconstructed", document.Reconstructed);
            WriteArray(json, "rates", document.Rates, static (json, rate) => json.WriteNumberValue(rate));
            WriteArray(json, "groups", document.Groups, (json, curve) => WriteCurve(json, curve, document.Metric));
            WriteArray(json, "whole", document.Whole, WriteWhole);
            WriteArray(json, "structure", document.Structure, static (json, line) => json.WriteStringValue(line));
            more?.Invoke(json);
            json.WriteEndObject();
        });
    }

    private static void WriteCriterion(Utf8JsonWriter json, SensitivityDocument document)
    {
        json.WriteStartObject("criterion");
        json.WriteString("name", document.Criterion);
        json.WriteStartObject("options");
        foreach ((string name, string value) in document.CriterionOptions)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteCurve(Utf8JsonWriter json, GroupCurve curve, CurveMetric metric)
    {
        json.WriteStartObject();
        WriteGroup(json, curve.Group, curve.Layers, curve.Channels);
        ImmutableArray<double> drops = curve.Drops(metric);
        json.WriteStartArray("points");
        for (int i = 0; i < curve.Points.Length; i++)
        {
            CurvePoint point = curve.Points[i];
            json.WriteStartObject();
            json.WriteNumber("rate", point.Rate);
            json.WriteNumber("kept", point.Kept);
            json.WritePropertyName("value");
            EvaluationJson.WriteValue(json, point.Value);

            // For the reader; it follows from the values up to here.
            json.WritePropertyName("drop");
            EvaluationJson.WriteValue(json, drops[i]);
            json.WriteNumber("flopsSaved", point.FlopsSaved);
            json.WriteNumber("parametersSaved", point.ParametersSaved);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteWhole(Utf8JsonWriter json, WholeGroup group)
    {
        json.WriteStartObject();
        WriteGroup(json, group.Group, group.Layers, group.Channels);
        json.WriteString("why", group.Why);
        json.WriteEndObject();
    }

    private static void WriteGroup(Utf8JsonWriter json, string name, ImmutableArray<string> layers, int channels)
    {
        json.WriteString("group", name);
        json.WriteString("layers", string.Join(' ', layers));
        json.WriteNumber("channels", channels);
    }

    private static void WriteArray<T>(Utf8JsonWriter json, string name, ImmutableArray<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            write(json, item);
        }

        json.WriteEndArray();
    }
}
