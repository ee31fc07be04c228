using System.Text.Json;
using PluginPrune.Core.Files;
using PluginPrune.Core.Surgery;

namespace PluginPrune.Core.Plans;

/// <summary>Reads and writes plan.json.</summary>
public static class PlanJson
{
    private const int MaximumBytes = 64 << 20;

    /// <summary>Writes a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="stream">Takes UTF-8 text.</param>
    public static void Write(PlanDocument document, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(document);
        JsonText.Write(stream, json => Write(document, json));
    }

    /// <summary>Writes a document as a value of a larger one.</summary>
    /// <param name="document">The document.</param>
    /// <param name="json">Takes an object.</param>
    public static void Write(PlanDocument document, Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(json);
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
        if (document.Crop is { } crop)
        {
            PlannedCropJson.Write(crop, json);
        }

        if (document.Folding != FoldingMode.Standard)
        {
            json.WriteString("fold", FoldingModes.NameOf(document.Folding));
        }

        json.WriteStartArray("removedBlocks");
        foreach (PlannedBlock block in document.RemovedBlocks)
        {
            json.WriteStartObject();
            json.WriteString("junction", block.Junction);
            json.WriteString("layers", string.Join(' ', block.Layers));
            if (block.Score is { } score && double.IsFinite(score))
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
            if (group.Constant.Length > 0)
            {
                json.WriteString("constant", group.Constant);
            }

            if (group.Note is { } note)
            {
                json.WriteString("note", note);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (!document.Notes.IsEmpty)
        {
            PlannedNoteJson.Write(document.Notes, json);
        }

        json.WriteStartArray("structure");
        foreach (StructureLine line in document.Structure)
        {
            json.WriteStringValue(line.Text);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; messages call it so.</param>
    /// <exception cref="PlanException">It cannot be read, is too large, or is no plan.</exception>
    public static PlanDocument ReadFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new PlanException("The name of a plan is empty.");
        }

        if (Directory.Exists(path))
        {
            throw new PlanException($"{path}: this is a folder; a plan is a file such as plan.json.");
        }

        if (!File.Exists(path))
        {
            throw new PlanException($"{path}: there is no such file.");
        }

        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);

            // Pipes and devices do not tell a length: the limit is checked as they are read.
            using var content = new MemoryStream();
            byte[] piece = new byte[1 << 16];
            for (int count = stream.Read(piece); count > 0; count = stream.Read(piece))
            {
                if (content.Length + count > MaximumBytes)
                {
                    throw new PlanException($"{path}: the file is larger than {MaximumBytes >> 20} MB, and no plan is.");
                }

                content.Write(piece, 0, count);
            }

            return Read(content.GetBuffer().AsMemory(0, (int)content.Length), path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new PlanException($"{path}: the plan cannot be read: {error.Message}");
        }
    }

    /// <summary>Reads a document.</summary>
    /// <param name="text">UTF-8 text.</param>
    /// <param name="file">What messages call it.</param>
    /// <exception cref="PlanException">It is no plan; all that is wrong is told, each with its line.</exception>
    public static PlanDocument Read(ReadOnlyMemory<byte> text, string file)
    {
        if (text.Length > MaximumBytes)
        {
            throw new PlanException($"{file}: the text is larger than {MaximumBytes >> 20} MB, and no plan is.");
        }

        return PlanDocumentReader.Read(text.Span, file);
    }
}
