using PluginPrune.Core.Evaluation;
using PluginPrune.Core.Files;

namespace PluginPrune.Cli.Eval;

/// <summary>What `host eval --json` and `host bench --json` print.</summary>
internal static class EvaluationOutput
{
    public static void Write(EvaluationReport report, Stream stream)
    {
        JsonText.Write(stream, json =>
        {
            json.WriteStartObject();
            EvaluationJson.WriteProperties(json, report);
            json.WriteEndObject();
        });
    }
}
