using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.FormatOnnx.Reading.Interface;

/// <summary>What a file's metadata tell: ours, as the writer puts them, and those of Ultralytics.</summary>
internal sealed class ModelMetadata
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Preprocessing> _preprocessing = new(StringComparer.Ordinal);
    private readonly Action<string> _warn;

    public ModelMetadata(IEnumerable<KeyValuePair<string, string>> entries, Action<string> warn)
    {
        _warn = warn;
        foreach ((string key, string text) in entries)
        {
            _texts[key] = text;
        }

        ClassNames = _texts.TryGetValue("names", out string? names) ? ClassNameText.Parse(names) : [];
        Each("preprocessing", root =>
        {
            foreach (JsonProperty input in root.EnumerateObject())
            {
                _preprocessing[input.Name] = PreprocessingOf(input.Value);
            }
        });
    }

    /// <summary>The classes in their order; none where they are not told.</summary>
    public ImmutableArray<string> ClassNames { get; }

    /// <summary>Whether outputs are boxes of the writer's own forms.</summary>
    public bool IsDecoded => _texts.GetValueOrDefault("outputs") is "decoded" or "v6.0" or "v7.0";

    /// <summary>Whether it is the form of release 7.0 of YOLOv5, which differs from ours in its names alone.</summary>
    public bool SaysRelease7 => _texts.GetValueOrDefault("outputs") is "v7.0";

    /// <summary>The size that a network with open extents was made with, or null.</summary>
    public (int Height, int Width)? Size
    {
        get
        {
            (int, int)? size = null;
            Each("imgsz", root => size = root.EnumerateArray().Select(static side => side.GetInt32()).ToArray() is [> 0 and <= short.MaxValue and var height, > 0 and <= short.MaxValue and var width] ? (height, width) : null);
            return size;
        }
    }

    /// <summary>How a picture becomes an input, or null where it is not told.</summary>
    public Preprocessing? PreprocessingOf(string input) => _preprocessing.GetValueOrDefault(input);

    /// <summary>Reads a text that is JSON; what is none is left alone, and the user is told.</summary>
    public void Each(string key, Action<JsonElement> read)
    {
        if (!_texts.TryGetValue(key, out string? text))
        {
            return;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            read(document.RootElement);
        }
        catch (Exception odd) when (odd is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            string reason = odd is JsonException { LineNumber: { } line, BytePositionInLine: { } place }
                ? string.Create(CultureInfo.InvariantCulture, $"they are no JSON at line {line + 1}, byte {place + 1}.")
                : "something that belongs to them is missing or of another kind.";
            _warn($"The file's metadata '{key}' are not understood and are left alone: {reason}");
        }
    }

    private static Preprocessing PreprocessingOf(JsonElement how) => new()
    {
        Order = Word<ChannelOrder>(how, "order"),
        Scale = how.GetProperty("scale").GetDouble(),
        Mean = [.. how.GetProperty("mean").EnumerateArray().Select(static number => number.GetDouble())],
        Deviation = [.. how.GetProperty("std").EnumerateArray().Select(static number => number.GetDouble())],
        Resize = Word<ResizeMode>(how, "resize"),
        Interpolation = how.TryGetProperty("interpolation", out _) ? Word<Interpolation>(how, "interpolation") : Interpolation.Bilinear,
        Padding = how.GetProperty("padding").GetInt32(),
    };

    private static T Word<T>(JsonElement how, string name)
        where T : struct, Enum =>
        Enum.TryParse(how.GetProperty(name).GetString(), ignoreCase: true, out T value) && Enum.IsDefined(value)
            ? value
            : throw new FormatException($"{name} is '{how.GetProperty(name)}'.");
}
