using System.CommandLine;
using PluginPrune.Contracts.Options;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Cli.CommandLine;

/// <summary>The options of a contribution as options of a command, made from its manifest alone.</summary>
internal sealed class ContributionOptions
{
    private readonly List<(OptionDescriptor Descriptor, Option<string> Option)> _options = [];

    /// <param name="contribution">The contribution.</param>
    /// <param name="command">Takes the options; one that it has already is left to it.</param>
    public ContributionOptions(ContributionInfo contribution, Command command)
    {
        Contribution = contribution;
        var taken = command.Options.SelectMany(static option => option.Aliases.Append(option.Name)).ToHashSet(StringComparer.Ordinal);
        foreach (OptionDescriptor descriptor in contribution.Options.Where(descriptor => !taken.Contains("--" + descriptor.Name)))
        {
            string[] aliases = [.. descriptor.Aliases.Select(static alias => "--" + alias).Where(alias => !taken.Contains(alias))];
            var option = new Option<string>("--" + descriptor.Name, aliases)
            {
                Description = Describe(descriptor),
                HelpName = HelpName(descriptor),
                Arity = descriptor.Type == OptionType.Boolean ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
            };
            option.Validators.Add(result =>
            {
                if (result.Tokens is [var token] && descriptor.FindFault(token.Value) is { } fault)
                {
                    result.AddError(fault);
                }
            });
            _options.Add((descriptor, option));
            command.Add(option);
        }
    }

    public ContributionInfo Contribution { get; }

    public IEnumerable<Option> Options => _options.Select(static pair => pair.Option);

    /// <summary>The options that were given, by name.</summary>
    public Dictionary<string, string> ValuesIn(ParseResult result)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((OptionDescriptor descriptor, Option<string> option) in _options)
        {
            if (result.GetResult(option) is { Implicit: false })
            {
                values[descriptor.Name] = result.GetValue(option) ?? "true";
            }
        }

        return values;
    }

    /// <summary>All options with their values, defaults included, for the record.</summary>
    public IEnumerable<KeyValuePair<string, string>> Effective(ParseResult result)
    {
        Dictionary<string, string> given = ValuesIn(result);
        return _options
            .Select(pair => KeyValuePair.Create(pair.Descriptor.Name, given.GetValueOrDefault(pair.Descriptor.Name) ?? pair.Descriptor.Default))
            .Where(static pair => pair.Value is not null)!;
    }

    private static string Describe(OptionDescriptor descriptor) =>
        descriptor.Default is { } value ? $"{descriptor.Description} [default: {value}]" : descriptor.Description;

    private static string HelpName(OptionDescriptor descriptor) => descriptor.Type switch
    {
        OptionType.Boolean => "true|false",
        OptionType.Integer => "N",
        OptionType.Number => "X",
        OptionType.Choice => string.Join('|', descriptor.Choices),
        _ => "TEXT",
    };
}
