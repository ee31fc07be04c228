using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Shared.Datasets;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PluginPrune.DatasetYolo.Layout;

/// <summary>The .yaml of Ultralytics: path, train, val, test, names, nc, kpt_shape.</summary>
internal sealed class YamlFile(FileIndex index, DatasetSource source)
{
    private const int DeepestNesting = 64;

    private static readonly string[] Parts = ["train", "val", "valid", "test"];

    /// <summary>Whether a text says what a dataset consists of; other things are written in YAML too.</summary>
    public static bool Describes(string text) =>
        text.ReplaceLineEndings("\n").Split('\n').Any(static line => Parts.Any(part => line.StartsWith(part, StringComparison.Ordinal) && line.AsSpan(part.Length).TrimStart().StartsWith(":")));

    public PictureSet Read(string path)
    {
        YamlMappingNode root = Parse(path);
        var resolver = new PathResolver(index, [RootOf(path, root), .. PathResolver.Around(path)]);
        string[] keys = [.. Parts.Where(part => Find(root, part) is not null and not YamlScalarNode { Value: null or "" or "~" or "null" })];
        PictureSet set = SetParts.Read(index, source, path, keys, key => Places(path, Find(root, key)!, key), resolver);
        return set with
        {
            Classes = Find(root, "nc") is { } count ? Whole(path, count, "nc") : null,
            ClassNames = Find(root, "names") is { } names ? ReadNames(path, names, resolver) : [],
            KeypointColumns = Find(root, "kpt_shape") is YamlSequenceNode { Children.Count: 2 } shape ? Whole(path, shape[0], "kpt_shape") * Whole(path, shape[1], "kpt_shape") : 0,
        };
    }

    private static YamlMappingNode Parse(string path)
    {
        string text = TextFile.Read(path);
        var stream = new YamlStream();
        try
        {
            RefuseDepth(path, text);
            using var reader = new StringReader(text);
            stream.Load(reader);
        }
        catch (YamlException error)
        {
            throw new InputException(UserPath.Of(path), (int)error.Start.Line, $"it is no YAML that can be read: {error.Message.TrimEnd('.')}.");
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            // The library does not foresee every text.
            throw new InputException(UserPath.Of(path), null, "it is no YAML that can be read.");
        }

        return stream.Documents is [{ RootNode: YamlMappingNode root }, ..]
            ? root
            : throw new InputException(UserPath.Of(path), null, "it is no list of keys and values; a dataset has 'train', 'val' and 'names'.");
    }

    /// <summary>The library reads what is nested by calling itself: a text of brackets would end the program.</summary>
    private static void RefuseDepth(string path, string text)
    {
        using var reader = new StringReader(text);
        var parser = new Parser(reader);
        int depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > DeepestNesting)
            {
                throw new InputException(UserPath.Of(path), (int)parser.Current.Start.Line, $"it is nested more than {DeepestNesting} deep, as no description of a dataset is.");
            }
        }
    }

    /// <summary>What 'path' says, from the .yaml's folder, from the current one, or from 'datasets' beside either as Ultralytics keeps them.</summary>
    private string? RootOf(string path, YamlMappingNode root)
    {
        if (Find(root, "path") is not YamlScalarNode { Value: { Length: > 0 } written })
        {
            return null;
        }

        string folder = Path.GetDirectoryName(path)!;
        string current = Environment.CurrentDirectory;
        return new PathResolver(index, folder, current, Path.Combine(folder, "datasets"), Path.Combine(current, "datasets"), Path.GetDirectoryName(folder))
            .FindFolder(written)?.Path;
    }

    private static IReadOnlyList<string> Places(string path, YamlNode node, string key) => node switch
    {
        YamlScalarNode { Value: { Length: > 0 } place } => [place],
        YamlSequenceNode list => [.. list.SelectMany(item => Places(path, item, key))],
        _ => throw Fault(path, node, $"'{key}' takes a folder, a list file, or several of them."),
    };

    private static ImmutableArray<string> ReadNames(string path, YamlNode node, PathResolver resolver) => node switch
    {
        YamlSequenceNode list => [.. list.Select(name => Text(path, name))],
        YamlMappingNode map => Ordered(path, map),
        YamlScalarNode { Value: { Length: > 0 } file } => resolver.FindFile(file) is { } found
            ? NamesFile.Read(found.Path)
            : throw Fault(path, node, $"'names' is '{file}', which is no file that is there; it takes a list, numbers with names, or a file of names."),
        _ => throw Fault(path, node, "'names' takes a list, or numbers with names."),
    };

    private static ImmutableArray<string> Ordered(string path, YamlMappingNode map)
    {
        var names = new SortedDictionary<int, string>();
        foreach ((YamlNode key, YamlNode value) in map.Children)
        {
            if (!names.TryAdd(Whole(path, key, "names"), Text(path, value)))
            {
                throw Fault(path, key, $"'names' has the class {key} twice.");
            }
        }

        return names.Keys.SequenceEqual(Enumerable.Range(0, names.Count))
            ? [.. names.Values]
            : throw Fault(path, map, $"'names' has {names.Count} classes, whose numbers are not 0 to {names.Count - 1}.");
    }

    private static YamlNode? Find(YamlMappingNode root, string key) =>
        root.Children.FirstOrDefault(pair => pair.Key is YamlScalarNode scalar && scalar.Value == key).Value;

    private static string Text(string path, YamlNode node) =>
        (node as YamlScalarNode)?.Value ?? throw Fault(path, node, "the name of a class is a text.");

    private static int Whole(string path, YamlNode node, string key) =>
        node is YamlScalarNode scalar && int.TryParse(scalar.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw Fault(path, node, $"'{key}' takes whole numbers of at least 0, not '{node}'.");

    private static InputException Fault(string path, YamlNode node, string problem) => new(UserPath.Of(path), (int)node.Start.Line, problem);
}
