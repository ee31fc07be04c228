using System.Text.Json;
using PluginPrune.Core.Files;
using PluginPrune.Core.Training;

namespace PluginPrune.Cli.Train;

/// <summary>What `host train --json` prints.</summary>
internal static class TrainJson
{
    public static void Write(Checkpoint last, string folder, Stream stream) => JsonText.Write(stream, json => Write(json, last, folder));

    private static void Write(Utf8JsonWriter json, Checkpoint last, string folder)
    {
        json.WriteStartObject();
        json.WriteString("folder", folder);
        json.WriteNumber("epochs", last.Results.Length);
        if (last.BestEpoch >= 0)
        {
            json.WriteNumber("bestEpoch", last.BestEpoch + 1);
        }

        json.WriteStartArray("results");
        foreach (EpochResult result in last.Results)
        {
            json.WriteStartObject();
            json.WriteNumber("epoch", result.Epoch + 1);
            foreach (NamedValue value in result.Values.Where(static value => double.IsFinite(value.Value)))
            {
                json.WriteNumber(value.Name, value.Value);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
