using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PluginPrune.Contracts;

namespace PluginPrune.Core.Evaluation;

/// <summary>Reads a latency table: CSV with a header, or JSON where the file's name ends so.</summary>
public static class LatencyTableReader
{
    private const long LargestFile = 16 << 20;

    private static readonly string[] Columns = ["model", "ms", "layer", "device"];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">It is no such table.</exception>
    public static LatencyTable Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (new FileInfo(path).Length > LargestFile)
        {
            throw new InputException(path, null, "this is too long for a table of latencies.");
        }

        string text = File.ReadAllText(path);
        LatencyTable table = Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase) ? ReadJson(path, text) : ReadCsv(path, text);
        return table.Rows.IsEmpty ? throw new InputException(path, null, "there is no row in it.") : table;
    }

    private static LatencyTable ReadCsv(string path, string text)
    {
        string[]? header = null;
        var rows = new List<LatencyRow>();
        string? device = null;
        int number = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            if (line.Trim() is not { Length: > 0 } trimmed || trimmed.StartsWith('#'))
            {
                continue;
            }

            string[] cells = [.. trimmed.TrimStart('\uFEFF').Split(',').Select(static cell => cell.Trim().Trim('"'))];
            if (header is null)
            {
                header = Header(path, number, cells);
                continue;
            }

            if (cells.Length != header.Length)
            {
                throw new InputException(path, number, $"{cells.Length} values where the header has {header.Length} columns.");
            }

            Add(rows, ref device, name => Array.IndexOf(header, name) is >= 0 and var index && cells[index].Length > 0 ? cells[index] : null, path, number);
        }

        return new LatencyTable(device ?? Path.GetFileNameWithoutExtension(path), [.. rows]);
    }

    private static string[] Header(string path, int line, string[] cells)
    {
#pragma warning disable CA1308 // Column names are written in small letters.
        string[] header = [.. cells.Select(static cell => cell.ToLowerInvariant())];
#pragma warning restore CA1308
        return header.Contains("model") && header.Contains("ms")
            ? header
            : throw new InputException(path, line, $"the first line names the columns, at least 'model' and 'ms', of {string.Join(", ", Columns)}; found is '{string.Join(',', cells)}'.");
    }

    private static LatencyTable ReadJson(string path, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            JsonElement root = document.RootElement;
            string? device = root.ValueKind == JsonValueKind.Object ? TextOf(root, "device") : null;
            JsonElement array = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("rows", out JsonElement inner) ? inner : root;
            if (array.ValueKind != JsonValueKind.Array)
            {
                throw new InputException(path, null, "wanted is a list of objects with 'model' and 'ms', or an object with such a list as 'rows'.");
            }

            var rows = new List<LatencyRow>();
            foreach (JsonElement element in array.EnumerateArray())
            {
                Add(rows, ref device, name => TextOf(element, name), path, line: null);
            }

            return new LatencyTable(device ?? Path.GetFileNameWithoutExtension(path), [.. rows]);
        }
        catch (JsonException error)
        {
            throw new InputException(path, (int?)error.LineNumber + 1, $"this is no JSON: {error.Message}");
        }
    }

    private static string? TextOf(JsonElement element, string name) =>
        element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out JsonElement value) ? null
        : value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => value.GetString(),
            _ => value.GetRawText(),
        };

    private static void Add(List<LatencyRow> rows, ref string? device, Func<string, string?> cell, string path, int? line)
    {
        string place = line is null ? string.Create(CultureInfo.InvariantCulture, $"row {rows.Count + 1}: ") : string.Empty;
        string model = cell("model") ?? throw new InputException(path, line, place + "'model' is missing.");
        string text = cell("ms") ?? throw new InputException(path, line, place + "'ms' is missing.");
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double milliseconds) || !double.IsFinite(milliseconds) || milliseconds <= 0)
        {
            throw new InputException(path, line, $"{place}'ms' is '{text}'; wanted is a number above 0.");
        }

        string? layer = cell("layer");
        if (rows.Exists(row => row.Model == model && row.Layer == layer))
        {
            throw new InputException(path, line, $"{place}{(layer is null ? $"'{model}'" : $"layer {layer} of '{model}'")} stands there twice.");
        }

        string? other = cell("device");
        if (other is not null && device is not null && other != device)
        {
            throw new InputException(path, line, $"{place}'{device}' and '{other}' are two devices; a table is about one.");
        }

        device ??= other;
        rows.Add(new LatencyRow(model, layer, milliseconds));
    }
}
