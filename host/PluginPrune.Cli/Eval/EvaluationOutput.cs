using System.Text.Encodings.Web;
using System.Text.Json;
using PluginPrune.Core.Evaluation;

namespace PluginPrune.Cli.Eval;

/// <summary>What `host eval --json` and `host bench --json` print.</summary>
internal static class EvaluationOutput
{
    public static void Write(EvaluationReport report, Stream stream)
    {
        using var json = new Utf8JsonWriter(
            stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        EvaluationJson.WriteProperties(json, report);
        json.WriteEndObject();
    }
}
