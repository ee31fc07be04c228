using System.Collections.Immutable;
using System.Text.Json;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Files;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Cli.Plugins;

/// <summary>`host plugin list --json` and `host plugin doctor --json`.</summary>
internal static class PluginJson
{
    public static string KindOf(ContributionInfo contribution) => contribution.Kind switch
    {
        ContributionKind.BlockCriterion => "block criterion",
#pragma warning disable CA1308 // Kinds are shown as plain words.
        _ => contribution.Kind.ToString().ToLowerInvariant(),
#pragma warning restore CA1308
    };

    public static void Write(PluginCatalog catalog, Stream stream)
    {
        JsonText.Write(stream, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("plugins");
            foreach (PluginEntry plugin in catalog.Plugins)
            {
                json.WriteStartObject();
                WritePlugin(json, plugin, plugin.State, plugin.Diagnostics);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteDiagnostics(json, catalog.Diagnostics);
            json.WriteEndObject();
        });
    }

    public static void Write(ImmutableArray<PluginReport> reports, ImmutableArray<PluginDiagnostic> others, Stream stream)
    {
        JsonText.Write(stream, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("plugins");
            foreach (PluginReport report in reports)
            {
                json.WriteStartObject();
                WritePlugin(json, report.Plugin, report.State, report.Diagnostics);
                if (report.LoadTime is { } elapsed)
                {
                    json.WriteNumber("loadMilliseconds", Math.Round(elapsed.TotalMilliseconds, 1));
                }

                WriteEngines(json, report.Engines);

                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteDiagnostics(json, others);
            json.WriteEndObject();
        });
    }

    private static void WritePlugin(Utf8JsonWriter json, PluginEntry plugin, PluginState state, ImmutableArray<PluginDiagnostic> diagnostics)
    {
        json.WriteString("id", plugin.Id);
        json.WriteString("version", plugin.Manifest?.Version.ToString());
        json.WriteString("state", PluginListCommand.Lower(state));
        json.WriteString("folder", plugin.Folder);
        json.WriteString("description", plugin.Manifest?.Description);
        json.WriteStartArray("contributes");
        foreach (ContributionInfo contribution in plugin.Manifest?.Contributions ?? [])
        {
            json.WriteStartObject();
            json.WriteString("kind", KindOf(contribution));
            json.WriteString("name", contribution.Name);
            json.WriteString("summary", contribution.Summary);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteDiagnostics(json, diagnostics);
    }

    private static void WriteEngines(Utf8JsonWriter json, ImmutableArray<EngineReport> engines)
    {
        json.WriteStartArray("engines");
        foreach (EngineReport engine in engines)
        {
            json.WriteStartObject();
            json.WriteString("name", engine.Name);
            json.WriteBoolean("available", engine.Description is not null);
            json.WriteString("missing", engine.Missing);
            if (engine.Description is { } description)
            {
                json.WriteString("library", description.Library);
                json.WriteString("path", description.Path);
                json.WriteNumber("threads", description.Threads);
                json.WriteStartArray("devices");
                foreach (string device in description.Devices.IsDefault ? [] : description.Devices)
                {
                    json.WriteStringValue(device);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteDiagnostics(Utf8JsonWriter json, ImmutableArray<PluginDiagnostic> diagnostics)
    {
        json.WriteStartArray("diagnostics");
        foreach (PluginDiagnostic diagnostic in diagnostics)
        {
            json.WriteStartObject();
            json.WriteString("code", diagnostic.Code);
            json.WriteString("severity", diagnostic.Severity.ToString());
            json.WriteString("title", diagnostic.Title);
            json.WriteString("message", diagnostic.Message);
            json.WriteString("remedy", diagnostic.Remedy);
            json.WriteString("path", diagnostic.Path);
            json.WriteString("jsonPath", diagnostic.JsonPath);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
