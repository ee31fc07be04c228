using System.CommandLine;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Core.Conversion;
using PluginPrune.Core.Files;
using PluginPrune.Core.Plugins;
using PluginPrune.Core.Pruning;

namespace PluginPrune.Cli.Convert;

/// <summary>What `host convert --json` prints.</summary>
internal static class ConversionJson
{
    public static void Write(ConversionReport report, ContributionInfo source, ContributionOptions target, ParseResult result, Stream stream)
    {
        JsonText.Write(stream, json =>
        {
            json.WriteStartObject();
            json.WriteString("network", report.Network);
            json.WriteString("from", source.FullName);
            json.WriteString("to", target.Contribution.FullName);
            json.WriteStartObject("options");
            foreach ((string name, string value) in target.Effective(result))
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            PruneReportJson.WriteCrop(json, report.Crop);
            json.WriteString("folder", report.OutputPath);
            json.WriteStartArray("files");
            foreach (WrittenFile file in report.Files)
            {
                json.WriteStartObject();
                json.WriteString("name", file.Name);
                json.WriteNumber("bytes", file.Bytes);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }
}
