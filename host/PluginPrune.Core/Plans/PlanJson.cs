using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Encodings.Web;

namespace PluginPrune.Core.Plans;

/// <summary>Reads and writes plan.json.</summary>
public static class PlanJson
{
    /// <summary>Writes a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="stream">Takes UTF-8 text.</param>
    public static void Write(PlanDocument document, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(document);
        using var json = new Utf8JsonWriter(
            stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteNumber("planVersion", PlanDocument.CurrentVersion);
        json.WriteString("network", document.Network);
        json.WriteString("architecture", document.Architecture);
        json.WriteStartObject("made");
        foreach ((string name, string value) in document.Made)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteStartArray("removedBlocks");
        foreach (PlannedBlock block in document.RemovedBlocks)
        {
            json.WriteStartObject();
            json.WriteString("junction", block.Junction);
            json.WriteString("layers", string.Join(' ', block.Layers));
            if (block.Score is { } score)
            {
                json.WriteNumber("score", score);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("groups");
        foreach (PlannedGroup group in document.Groups)
        {
            json.WriteStartObject();
            json.WriteString("group", group.Name);
            json.WriteString("layers", string.Join(' ', group.Layers));
            json.WriteNumber("channels", group.Channels);
            json.WriteString("kept", group.Kept);
            if (group.Note is { } note)
            {
                json.WriteString("note", note);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Reads a document.</summary>
    /// <param name="text">UTF-8 text.</param>
    /// <exception cref="PlanException">It is no plan.</exception>
    public static PlanDocument Read(ReadOnlyMemory<byte> text)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 8 });
            JsonElement root = json.RootElement;
            int version = Property(root, "planVersion", JsonValueKind.Number).GetInt32();
            if (version != PlanDocument.CurrentVersion)
            {
                throw new PlanException($"The plan has version {version}; this program reads version {PlanDocument.CurrentVersion}.");
            }

            return new PlanDocument
            {
                Network = String(root, "network"),
                Architecture = String(root, "architecture"),
                Made = Property(root, "made", JsonValueKind.Object).EnumerateObject().ToImmutableSortedDictionary(
                    static entry => entry.Name, static entry => entry.Value.ToString(), StringComparer.Ordinal),
                RemovedBlocks =
                [
                    .. Property(root, "removedBlocks", JsonValueKind.Array).EnumerateArray().Select(static block => new PlannedBlock(
                        String(block, "junction"),
                        Words(block, "layers"),
                        block.TryGetProperty("score", out JsonElement score) ? score.GetDouble() : null)),
                ],
                Groups =
                [
                    .. Property(root, "groups", JsonValueKind.Array).EnumerateArray().Select(static group => new PlannedGroup(
                        String(group, "group"),
                        Words(group, "layers"),
                        Property(group, "channels", JsonValueKind.Number).GetInt32(),
                        String(group, "kept"),
                        group.TryGetProperty("note", out JsonElement note) ? note.ToString() : null)),
                ],
            };
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            throw new PlanException($"The plan cannot be read: {error.Message}");
        }
    }

    private static JsonElement Property(JsonElement element, string name, JsonValueKind kind)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out JsonElement property))
        {
            throw new PlanException($"The plan has no '{name}' where one is wanted.");
        }

        return property.ValueKind == kind
            ? property
            : throw new PlanException($"The plan's '{name}' is {property.ValueKind} and should be {kind}.");
    }

    private static string String(JsonElement element, string name) => Property(element, name, JsonValueKind.String).GetString()!;

    private static ImmutableArray<string> Words(JsonElement element, string name) =>
        [.. String(element, name).Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}
