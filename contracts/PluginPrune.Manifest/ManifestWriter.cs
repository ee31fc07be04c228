using System.Text;
using System.Text.Json;
using PluginPrune.Contracts.Options;
using PluginPrune.Contracts.Plugins;

namespace PluginPrune.Manifest;

/// <summary>Writes plugin.json: always the same bytes for the same plugin, whatever the machine.</summary>
internal static class ManifestWriter
{
    private static readonly JsonWriterOptions Format = new()
    {
        Indented = true,
        IndentSize = 2,
        NewLine = "\n",
        // Summaries are read by people; nothing here is ever put into a web page.
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Write(PluginDescription plugin)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Format))
        {
            writer.WriteStartObject();
            writer.WriteNumber("manifestVersion", 1);
            writer.WriteString("id", plugin.Attribute.Id);
            writer.WriteString("version", plugin.Version);
            writer.WriteString("description", plugin.Attribute.Description);
            writer.WriteString("license", plugin.Attribute.License);
            writer.WriteString("contracts", plugin.ContractsRange);
            writer.WriteStartObject("entry");
            writer.WriteString("assembly", plugin.AssemblyFile);
            writer.WriteString("type", plugin.TypeName);
            writer.WriteEndObject();
            WriteContributions(writer, plugin.Contributions);
            WriteTexts(writer, "capabilities", plugin.Attribute.Capabilities);
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.ToArray();
    }

    private static void WriteContributions(Utf8JsonWriter writer, IReadOnlyList<ContributionDescription> contributions)
    {
        writer.WriteStartObject("contributes");
        foreach (IGrouping<ContributionKind, ContributionDescription> kind in
            contributions.GroupBy(static contribution => contribution.Contribution.Kind).OrderBy(static group => group.Key))
        {
            writer.WriteStartArray(PluginNames.ManifestKey(kind.Key));
            foreach (ContributionDescription contribution in kind)
            {
                Write(writer, contribution);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ContributionDescription contribution)
    {
        writer.WriteStartObject();
        writer.WriteString("name", contribution.Contribution.Name);
        writer.WriteString("summary", contribution.Contribution.Summary);
        if (!contribution.Contribution.Extensions.IsEmpty)
        {
            WriteTexts(writer, "extensions", contribution.Contribution.Extensions);
        }

        if (!contribution.Contribution.Markers.IsEmpty)
        {
            WriteTexts(writer, "markers", contribution.Contribution.Markers);
        }

        writer.WriteStartObject("options");
        foreach (OptionDescriptor option in contribution.Options)
        {
            Write(writer, option);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, OptionDescriptor option)
    {
        writer.WriteStartObject(option.Name);
        writer.WriteString("type", option.Type switch
        {
            OptionType.Boolean => "boolean",
            OptionType.Integer => "integer",
            OptionType.Number => "number",
            _ => "string",
        });
        WriteDefault(writer, option);
        WriteBound(writer, "min", option.Minimum);
        WriteBound(writer, "max", option.Maximum);
        if (option.Type == OptionType.Choice)
        {
            WriteTexts(writer, "enum", option.Choices);
        }

        if (option.Names is { } kind)
        {
            writer.WriteString("names", PluginNames.ManifestKey(kind));
        }

        if (!option.Aliases.IsEmpty)
        {
            WriteTexts(writer, "aliases", option.Aliases);
        }

        writer.WriteString("description", option.Description);
        writer.WriteEndObject();
    }

    private static void WriteDefault(Utf8JsonWriter writer, OptionDescriptor option)
    {
        if (option.Default is not { } value)
        {
            return;
        }

        writer.WritePropertyName("default");
        if (option.Type is OptionType.Text or OptionType.Choice)
        {
            writer.WriteStringValue(value);
        }
        else
        {
            // The text as the options class gives it: what is read back is equal to it, digit for digit.
            writer.WriteRawValue(Encoding.UTF8.GetBytes(value));
        }
    }

    private static void WriteBound(Utf8JsonWriter writer, string key, double value)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumber(key, value);
        }
    }

    private static void WriteTexts(Utf8JsonWriter writer, string key, IEnumerable<string> texts)
    {
        writer.WriteStartArray(key);
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
