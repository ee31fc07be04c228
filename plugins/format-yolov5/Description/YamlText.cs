using System.Globalization;
using System.Text;
using PluginPrune.Shared.TorchFiles;
using PluginPrune.Shared.TorchFiles.Pickles;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PluginPrune.FormatYolov5.Description;

/// <summary>
/// The .yaml of a model as the values that Python would make of it, which are also what a checkpoint keeps as the model's 'yaml'.
/// </summary>
internal static class YamlText
{
    private const int Longest = 1 << 20;
    private const int Deepest = 8;

    /// <summary>Reads it.</summary>
    /// <exception cref="TorchFileException">It is none.</exception>
    public static PickleDictionary Parse(string text)
    {
        if (text.Length > Longest || text.Split('\n').Any(static line => line.Count(static letter => letter is '[' or '{') > 256))
        {
            throw new TorchFileException("it is longer or deeper than any description of a model.");
        }

        var stream = new YamlStream();
        try
        {
            using var reader = new StringReader(text);
            stream.Load(reader);
        }
        catch (YamlException error)
        {
            throw new TorchFileException($"line {error.Start.Line}: it is no YAML that can be read: {error.Message.TrimEnd('.')}.");
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            // The library does not foresee every text.
            throw new TorchFileException("it is no YAML that can be read.");
        }

        return stream.Documents is [{ RootNode: YamlMappingNode root }, ..] && Value(root, 0) is PickleDictionary model
            ? model
            : throw new TorchFileException("it is no list of keys and values; a model of YOLOv5 has 'nc', 'anchors', 'backbone' and 'head'.");
    }

    /// <summary>Writes it, a layer on each line.</summary>
    public static string Write(PickleDictionary model)
    {
        var text = new StringBuilder();
        foreach ((object? key, object? value) in model.Entries)
        {
            text.Append(CultureInfo.InvariantCulture, $"{key}:");
            if (value is List<object?> rows && rows.Exists(static row => row is List<object?>))
            {
                text.Append('\n');
                rows.ForEach(row => text.Append("  - ").Append(Flow(row)).Append('\n'));
            }
            else if (value is PickleDictionary entries)
            {
                text.Append('\n');
                foreach ((object? name, object? entry) in entries.Entries)
                {
                    text.Append(CultureInfo.InvariantCulture, $"  {name}: {Flow(entry)}\n");
                }
            }
            else
            {
                text.Append(' ').Append(Flow(value)).Append('\n');
            }
        }

        return text.ToString();
    }

    private static object? Value(YamlNode node, int depth)
    {
        if (depth > Deepest)
        {
            throw new TorchFileException($"line {node.Start.Line}: it is deeper than any description of a model.");
        }

        switch (node)
        {
            case YamlMappingNode mapping:
                var dictionary = new PickleDictionary();
                foreach ((YamlNode key, YamlNode value) in mapping.Children)
                {
                    dictionary.Add(Value(key, depth + 1), Value(value, depth + 1));
                }

                return dictionary;
            case YamlSequenceNode sequence:
                return sequence.Children.Select(child => Value(child, depth + 1)).ToList();
            case YamlScalarNode scalar:
                return scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted ? scalar.Value : Scalar(scalar.Value);
            default:
                return null;
        }
    }

    private static object? Scalar(string? text) => text switch
    {
        null or "" or "~" or "null" => null,
        "True" or "true" => true,
        "False" or "false" => false,
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) => whole,
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double real) && double.IsFinite(real) => real,
        _ => text,
    };

    private static string Flow(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "True" : "False",
        long whole => whole.ToString(CultureInfo.InvariantCulture),
        double real => real == Math.Truncate(real) && Math.Abs(real) < 1e15 ? real.ToString("F1", CultureInfo.InvariantCulture) : real.ToString("R", CultureInfo.InvariantCulture),
        List<object?> list => $"[{string.Join(", ", list.Select(Flow))}]",
        PickleTuple tuple => $"[{string.Join(", ", tuple.Items.Select(Flow))}]",
        string text when text.Length > 0 && text.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_') && Scalar(text) is string => text,
        _ => $"'{Convert.ToString(value, CultureInfo.InvariantCulture)?.Replace("'", "''", StringComparison.Ordinal).ReplaceLineEndings(" ")}'",
    };
}
