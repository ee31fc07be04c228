using System.Collections.Immutable;
using PluginPrune.Contracts;
using YamlDotNet.RepresentationModel;

namespace PluginPrune.Cli.Run;

/// <summary>Reads options as they would stand on a command line: 'a: 1' is '--a 1', 'a: true' is '--a', 'a: {b: 1}' is '--set a.b=1'.</summary>
/// <param name="yaml">The recipe.</param>
internal sealed class OptionReader(RecipeYaml yaml)
{
    // What the recipe says itself, or what would keep a step from being done.
    private static readonly Dictionary<string, string> Reserved = new(StringComparer.Ordinal)
    {
        ["model"] = "every step begins with what the step before it left, the first with the recipe's model",
        ["out"] = "every step gets a folder of its own below the recipe's",
        ["resume"] = "what was interrupted goes on by itself",
        ["force"] = "give it to 'host run'",
        ["json"] = "give it to 'host run'",
        ["quiet"] = "give it to 'host run'",
        ["plugins"] = "give it to 'host run'",
        ["preview"] = "it trains nothing; run 'host train --preview' by hand",
        ["dry-run"] = "give it to 'host run'",
        ["set"] = "write NAME: {OPTION: VALUE}",
    };

    /// <exception cref="InputException">They are no options.</exception>
    public ImmutableArray<OptionLine> Read(YamlNode node, params ReadOnlySpan<string> except)
    {
        if (RecipeYaml.IsNothing(node) || RecipeYaml.TruthOf(node) == true)
        {
            return [];
        }

        YamlMappingNode map = yaml.Map(node, "options are names and values, such as {epochs: 100, lr: 0.01}.");
        var options = ImmutableArray.CreateBuilder<OptionLine>();
        foreach ((YamlNode key, YamlNode value) in map)
        {
            string name = RecipeYaml.TextOf(key);
            if (except.Contains(name))
            {
                continue;
            }

            if (Reserved.TryGetValue(name, out string? reason))
            {
                throw yaml.Fault(key, $"'{name}' is not for a step to say: {reason}.");
            }

            options.AddRange(Option(key, "--" + name, value));
        }

        return options.ToImmutable();
    }

    private IEnumerable<OptionLine> Option(YamlNode key, string name, YamlNode value)
    {
        int line = RecipeYaml.LineOf(key);
        return value switch
        {
            YamlScalarNode when RecipeYaml.TruthOf(value) == true => [new OptionLine(name, [name], line)],
            YamlScalarNode => [new OptionLine(name, [name, One(value, name[2..])], line)],
            YamlSequenceNode list => [new OptionLine(name, [name, string.Join(',', list.Select(item => One(item, name[2..])))], line)],
            YamlMappingNode settings => settings.Select(setting =>
            {
                string full = $"{name[2..]}.{RecipeYaml.TextOf(setting.Key)}";
                return new OptionLine($"--set {full}", ["--set", $"{full}={One(setting.Value, full)}"], RecipeYaml.LineOf(setting.Key));
            }),
            _ => throw yaml.Fault(value, $"'{name[2..]}' takes a value, a list, or options of a plugin."),
        };
    }

    // However YAML lets it be spelled, commands know 'true' and 'false'.
    private string One(YamlNode value, string name) => value switch
    {
        _ when RecipeYaml.IsNothing(value) => throw yaml.Fault(value, $"'{name}' has no value; a switch takes true."),
        _ when RecipeYaml.TruthOf(value) is { } truth => truth ? "true" : "false",
        YamlScalarNode => RecipeYaml.TextOf(value),
        _ => throw yaml.Fault(value, $"'{name}' takes one value here."),
    };
}
