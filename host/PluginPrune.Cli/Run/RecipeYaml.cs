using PluginPrune.Contracts;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace PluginPrune.Cli.Run;

/// <summary>The text of a recipe as names and values. What is wrong with it is told with its line.</summary>
/// <param name="path">The file.</param>
internal sealed class RecipeYaml(string path)
{
    private const int LongestFile = 1 << 20;
    private const int DeepestNesting = 16;

    public string Path { get; } = path;

    /// <summary>Reads the file.</summary>
    /// <exception cref="InputException">It is not there, or no names with values.</exception>
    public YamlMappingNode Parse()
    {
        try
        {
            if (new FileInfo(Path).Length > LongestFile)
            {
                throw new InputException(Path, null, "it is too long for a recipe.");
            }

            string text = File.ReadAllText(Path);
            RefuseDepthAndAliases(text);
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents is [{ RootNode: YamlMappingNode root }]
                ? root
                : throw new InputException(Path, null, "it is no recipe: it has no names with values.");
        }
        catch (YamlException error)
        {
            throw new InputException(Path, (int)error.Start.Line, $"it is no YAML that can be read: {error.Message.TrimEnd('.')}.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            throw new InputException(Path, null, $"it cannot be read: {error.Message}");
        }
    }

    /// <exception cref="InputException">There is another name than these.</exception>
    public void RefuseOthers(YamlMappingNode map, string owner, params ReadOnlySpan<string> names)
    {
        foreach (YamlNode key in map.Children.Keys)
        {
            if (!names.Contains(TextOf(key)))
            {
                throw Fault(key, $"{owner} has no '{TextOf(key)}'; it has {string.Join(", ", names.ToArray())}.");
            }
        }
    }

    /// <exception cref="InputException">It is no map.</exception>
    public YamlMappingNode Map(YamlNode node, string wanted) => node as YamlMappingNode ?? throw Fault(node, wanted);

    /// <summary>One value; null where the name is not there.</summary>
    /// <exception cref="InputException">It has several, or none.</exception>
    public string? Text(YamlMappingNode map, string key) => Find(map, key) switch
    {
        null => null,
        YamlScalarNode { Value: { } text } node when !IsNothing(node) => text,
        { } other => throw Fault(other, $"'{key}' takes one value."),
    };

    /// <summary>Whether a name is there and true.</summary>
    /// <exception cref="InputException">It is neither true nor false.</exception>
    public bool IsTrue(YamlMappingNode map, string key) => Find(map, key) is { } node
        && (TruthOf(node) ?? throw Fault(node, $"'{key}' takes true or false, not '{TextOf(node)}'."));

    /// <summary>What a node says that is true or false as YAML 1.2 spells them; null for any other.</summary>
    public static bool? TruthOf(YamlNode node) => node is not YamlScalarNode scalar ? null : scalar.Value switch
    {
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ => null,
    };

    /// <summary>Whether a node says nothing.</summary>
    public static bool IsNothing(YamlNode node) => node is YamlScalarNode { Value: null or "" or "~" or "null" or "Null" or "NULL" };

    public static YamlNode? Find(YamlMappingNode map, string key) => map.Children.FirstOrDefault(child => TextOf(child.Key) == key).Value;

    public static string TextOf(YamlNode node) => node is YamlScalarNode scalar ? scalar.Value ?? string.Empty : node.ToString();

    public static int LineOf(YamlNode node) => (int)node.Start.Line;

    public InputException Fault(YamlNode node, string message) => new(Path, LineOf(node), message);

    /// <summary>
    /// The library reads what is nested by calling itself: a text of brackets would end the program, and so would an alias in what it
    /// stands for. Aliases of aliases make gigabytes of a few lines.
    /// </summary>
    private void RefuseDepthAndAliases(string text)
    {
        var parser = new Parser(new StringReader(text));
        int depth = 0;
        while (parser.MoveNext())
        {
            if (parser.Current is AnchorAlias alias)
            {
                throw new InputException(Path, (int)alias.Start.Line, $"it uses the alias '*{alias.Value}'; write out what it stands for: a recipe takes no aliases.");
            }

            depth += parser.Current!.NestingIncrease;
            if (depth > DeepestNesting)
            {
                throw new InputException(Path, (int)parser.Current.Start.Line, $"it is nested more than {DeepestNesting} deep, as no recipe is.");
            }
        }
    }
}
