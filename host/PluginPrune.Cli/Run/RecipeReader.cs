using System.Collections.Immutable;
using PluginPrune.Contracts;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PluginPrune.Cli.Run;

/// <summary>Reads recipes. What is wrong with one is told with its line.</summary>
internal static class RecipeReader
{
    private const int LongestFile = 1 << 20;
    private const int DeepestNesting = 16;

    private static readonly string[] Keys = ["model", "weights", "data", "out", "options", "steps"];

    private static readonly Dictionary<string, StepKind> Kinds = new(StringComparer.Ordinal)
    {
        ["train"] = StepKind.Train,
        ["sparse"] = StepKind.Train,
        ["fine-tune"] = StepKind.Train,
        ["prune"] = StepKind.Prune,
        ["eval"] = StepKind.Eval,
        ["export"] = StepKind.Export,
    };

    /// <exception cref="InputException">It is no recipe.</exception>
    public static Recipe Read(string path)
    {
        YamlMappingNode root = Parse(path);
        foreach (YamlNode key in root.Children.Keys.Where(static key => !Keys.Contains(TextOf(key))))
        {
            throw Fault(path, key, $"a recipe has no '{TextOf(key)}'; it has {string.Join(", ", Keys)}.");
        }

        string folder = Path.GetDirectoryName(path)!;
        string model = Text(path, root, "model") ?? throw Fault(path, root, "it does not say with which network it begins: model: FILE.");
        return new Recipe(
            path,
            model == Prune.SampleModel.Name ? model : Path.GetFullPath(model, folder),
            Text(path, root, "weights") is { } weights ? Path.GetFullPath(weights, folder) : null,
            Text(path, root, "data") is { } data ? PlaceOf(data, folder) : null,
            Text(path, root, "out") is { } place ? Path.GetFullPath(place) : null,
            StepsOf(path, root))
        {
            Common = Find(root, "options") is { } options ? OptionsOf(path, options) : [],
        };
    }

    // A dataset is a file or folder beside the recipe, or the name of one that is made.
    private static string PlaceOf(string data, string folder) => Path.Exists(Path.Combine(folder, data)) ? Path.GetFullPath(data, folder) : data;

    private static ImmutableArray<RecipeStep> StepsOf(string path, YamlMappingNode root)
    {
        if (Find(root, "steps") is not YamlSequenceNode { Children.Count: > 0 } list)
        {
            throw Fault(path, Find(root, "steps") ?? root, "it has no steps: steps takes a list such as '- train: {epochs: 100}'.");
        }

        var steps = ImmutableArray.CreateBuilder<RecipeStep>(list.Children.Count);
        foreach (YamlNode item in list)
        {
            if (item is not YamlMappingNode { Children.Count: 1 } step)
            {
                throw Fault(path, item, "a step is one word with its options, such as '- prune: {criterion: slim}'.");
            }

            (YamlNode key, YamlNode options) = step.Children.Single();
            string word = TextOf(key);
            if (!Kinds.TryGetValue(word, out StepKind kind))
            {
                throw Fault(path, key, $"there is no step '{word}'; there are {string.Join(", ", Kinds.Keys)}.");
            }

            int same = steps.Count(other => other.Name == word || other.Name.StartsWith(word + "-", StringComparison.Ordinal));
            steps.Add(new RecipeStep(same == 0 ? word : FormattableString.Invariant($"{word}-{same + 1}"), kind, OptionsOf(path, options), (int)key.Start.Line));
        }

        return steps.MoveToImmutable();
    }

    /// <summary>Options as they would stand on a command line: 'a: 1' is '--a 1', 'a: true' is '--a', 'a: {b: 1}' is '--set a.b=1'.</summary>
    private static ImmutableArray<string> OptionsOf(string path, YamlNode node)
    {
        if (node is YamlScalarNode { Value: null or "" or "~" })
        {
            return [];
        }

        if (node is not YamlMappingNode map)
        {
            throw Fault(path, node, "options are names and values, such as {epochs: 100, lr: 0.01}.");
        }

        var arguments = ImmutableArray.CreateBuilder<string>();
        foreach ((YamlNode key, YamlNode value) in map)
        {
            string name = "--" + TextOf(key);
            switch (value)
            {
                case YamlScalarNode { Value: "true" }:
                    arguments.Add(name);
                    break;
                case YamlScalarNode { Value: "false" or null }:
                    break;
                case YamlScalarNode scalar:
                    arguments.AddRange(name, scalar.Value!);
                    break;
                case YamlSequenceNode list:
                    arguments.AddRange(name, string.Join(',', list.Select(TextOf)));
                    break;
                case YamlMappingNode settings:
                    arguments.AddRange(settings.SelectMany(setting => new[] { "--set", $"{TextOf(key)}.{TextOf(setting.Key)}={TextOf(setting.Value)}" }));
                    break;
                default:
                    throw Fault(path, value, $"'{TextOf(key)}' takes a value, a list, or options of a plugin.");
            }
        }

        return arguments.ToImmutable();
    }

    private static YamlMappingNode Parse(string path)
    {
        try
        {
            if (new FileInfo(path).Length > LongestFile)
            {
                throw new InputException(path, null, "it is too long for a recipe.");
            }

            string text = File.ReadAllText(path);
            RefuseDepth(path, text);
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents is [{ RootNode: YamlMappingNode root }]
                ? root
                : throw new InputException(path, null, "it is no recipe: it has no names with values.");
        }
        catch (YamlException error)
        {
            throw new InputException(path, (int)error.Start.Line, $"it is no YAML that can be read: {error.Message.TrimEnd('.')}.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            throw new InputException(path, null, $"it cannot be read: {error.Message}");
        }
    }

    /// <summary>The library reads what is nested by calling itself: a text of brackets would end the program.</summary>
    private static void RefuseDepth(string path, string text)
    {
        var parser = new Parser(new StringReader(text));
        int depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > DeepestNesting)
            {
                throw new InputException(path, (int)parser.Current.Start.Line, $"it is nested more than {DeepestNesting} deep, as no recipe is.");
            }
        }
    }

    private static YamlNode? Find(YamlMappingNode map, string key) => map.Children.FirstOrDefault(child => TextOf(child.Key) == key).Value;

    private static string? Text(string path, YamlMappingNode map, string key) => Find(map, key) switch
    {
        null => null,
        YamlScalarNode { Value: { Length: > 0 } text } => text,
        { } other => throw Fault(path, other, $"'{key}' takes one value."),
    };

    private static string TextOf(YamlNode node) => node is YamlScalarNode scalar ? scalar.Value ?? string.Empty : node.ToString();

    private static InputException Fault(string path, YamlNode node, string message) => new(path, (int)node.Start.Line, message);
}
