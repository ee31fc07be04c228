using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Shared.Datasets;

namespace PluginPrune.DatasetYolo.Layout;

/// <summary>Darknet's .data file: lines of key=value that name the lists, the names and the number of classes.</summary>
internal sealed class DataFile(FileIndex index, DatasetSource source)
{
    private static readonly string[] Parts = ["train", "valid", "val", "test"];

    public PictureSet Read(string path)
    {
        Dictionary<string, (string Value, int Line)> settings = Parse(path);
        string[] keys = [.. Parts.Where(settings.ContainsKey)];
        var resolver = new PathResolver(index, PathResolver.Around(path));
        PictureSet set = SetParts.Read(index, source, path, keys, key => [settings[key].Value], resolver);
        return set with { Classes = ReadClasses(path, settings), ClassNames = ReadNames(path, settings, resolver) };
    }

    private static Dictionary<string, (string Value, int Line)> Parse(string path)
    {
        var settings = new Dictionary<string, (string Value, int Line)>(StringComparer.OrdinalIgnoreCase);
        string[] lines = TextFile.Read(path).ReplaceLineEndings("\n").Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            if (line.Length == 0 || line[0] is '#' or ';')
            {
                continue;
            }

            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new InputException(UserPath.Of(path), i + 1, $"'{line}' is no 'key = value', as all lines of a .data file are.");
            }

            settings[line[..equals].Trim()] = (line[(equals + 1)..].Trim(), i + 1);
        }

        return settings;
    }

    private static int? ReadClasses(string path, Dictionary<string, (string Value, int Line)> settings)
    {
        if (!settings.TryGetValue("classes", out (string Value, int Line) classes))
        {
            return null;
        }

        return int.TryParse(classes.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0
            ? count
            : throw new InputException(UserPath.Of(path), classes.Line, $"'classes' takes a whole number of at least 1, not '{classes.Value}'.");
    }

    private static ImmutableArray<string> ReadNames(string path, Dictionary<string, (string Value, int Line)> settings, PathResolver resolver)
    {
        if (!settings.TryGetValue("names", out (string Value, int Line) names) && !settings.TryGetValue("labels", out names))
        {
            return [];
        }

        return resolver.FindFile(names.Value) is { } found
            ? NamesFile.Read(found.Path)
            : throw new InputException(UserPath.Of(path), names.Line, $"it names '{names.Value}', which is not there; tried from {resolver.Tried}.");
    }
}
