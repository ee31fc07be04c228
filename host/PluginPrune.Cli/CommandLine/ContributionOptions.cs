using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using PluginPrune.Contracts.Options;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Cli.CommandLine;

/// <summary>The options of a contribution as options of a command, made from its manifest alone.</summary>
internal sealed class ContributionOptions
{
    private readonly List<(OptionDescriptor Descriptor, Option<string> Option)> _options = [];
    private readonly List<Option> _own = [];
    private readonly Dictionary<string, string> _settings = new(StringComparer.Ordinal);

    /// <param name="contribution">The contribution.</param>
    /// <param name="command">Takes the options; one that it has already is left to it. Null where --set alone gives them.</param>
    /// <param name="siblings">Others of its kind on the same command: what they have in common is given to all of them at once.</param>
    public ContributionOptions(ContributionInfo contribution, Command? command, params IReadOnlyList<ContributionOptions> siblings)
    {
        Contribution = contribution;
        if (command is null)
        {
            return;
        }

        var taken = command.Options
            .SelectMany(static option => option.Aliases.Append(option.Name))
            .Concat(new CommonOptions().Spellings)
            .ToHashSet(StringComparer.Ordinal);
        foreach (OptionDescriptor descriptor in contribution.Options)
        {
            Option<string>? option = siblings.Select(sibling => sibling.FindShared(contribution.Kind, descriptor)).FirstOrDefault(static shared => shared is not null);
            if (option is null && !taken.Contains("--" + descriptor.Name))
            {
                option = Make(descriptor, taken);
                _own.Add(option);
                command.Add(option);
            }

            if (option is not null)
            {
                Check(option, descriptor);
                _options.Add((descriptor, option));
            }
        }
    }

    public ContributionInfo Contribution { get; }

    /// <summary>The options that it brought.</summary>
    public IEnumerable<Option> Options => _own;

    /// <summary>Whether the contribution has an option of this name or alias.</summary>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>Gives an option in full, as --set does; options that the command does not offer included.</summary>
    /// <exception cref="UsageException">The option is unknown, its value is not allowed, or it is given twice.</exception>
    public void Set(string name, string value)
    {
        OptionDescriptor descriptor = Find(name) ?? throw new UsageException($"{Contribution.Name} has no option '{name}' for --set. {Suggest(name)}");
        if (descriptor.FindFault(value, $"--set {Contribution.Name}.{descriptor.Name}") is { } fault)
        {
            throw new UsageException(fault);
        }

        if (!_settings.TryAdd(descriptor.Name, value))
        {
            throw new UsageException($"--set gives {Contribution.Name}.{descriptor.Name} twice. Leave one.");
        }
    }

    /// <summary>Gives an option a value where --set gives none.</summary>
    public void SetUnlessGiven(string name, string value) => _settings.TryAdd(name, value);

    /// <summary>The options that were given, by name.</summary>
    /// <exception cref="UsageException">One is given twice.</exception>
    public Dictionary<string, string> ValuesIn(ParseResult result)
    {
        var values = new Dictionary<string, string>(_settings, StringComparer.Ordinal);
        foreach ((OptionDescriptor descriptor, Option<string> option) in _options)
        {
            if (result.GetResult(option) is { Implicit: false })
            {
                if (!values.TryAdd(descriptor.Name, result.GetValue(option) ?? "true"))
                {
                    throw new UsageException($"--{descriptor.Name} is given twice, once by --set {Contribution.Name}.{descriptor.Name}. Leave one.");
                }
            }
        }

        return values;
    }

    /// <summary>All options with their values, defaults included, for the record.</summary>
    public IEnumerable<KeyValuePair<string, string>> Effective(ParseResult result)
    {
        Dictionary<string, string> given = ValuesIn(result);
        return Contribution.Options
            .Select(option => KeyValuePair.Create(option.Name, given.GetValueOrDefault(option.Name) ?? option.Default))
            .Where(static pair => pair.Value is not null)!;
    }

    /// <summary>What the help says of an option.</summary>
    public static string Describe(OptionDescriptor descriptor) =>
        descriptor.Default is { } value
            ? $"{descriptor.Description} [default: {(descriptor.Type == OptionType.Number ? AsPeopleWrite(value) : value)}]"
            : descriptor.Description;

    private static Option<string> Make(OptionDescriptor descriptor, HashSet<string> taken)
    {
        string[] aliases = [.. descriptor.Aliases.Select(static alias => "--" + alias).Where(alias => !taken.Contains(alias))];
        return new Option<string>("--" + descriptor.Name, aliases)
        {
            Description = Describe(descriptor),
            HelpName = HelpName(descriptor),
            Arity = descriptor.Type == OptionType.Boolean ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
        };
    }

    private static void Check(Option<string> option, OptionDescriptor descriptor) => option.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && descriptor.FindFault(token.Value) is { } fault)
        {
            result.AddError(fault);
        }
    });

    private Option<string>? FindShared(ContributionKind kind, OptionDescriptor descriptor) =>
        Contribution.Kind == kind
            ? _options.Find(pair => pair.Descriptor.Name == descriptor.Name && pair.Descriptor.Type == descriptor.Type).Option
            : null;

    private OptionDescriptor? Find(string name) =>
        Contribution.Options.FirstOrDefault(option => option.Name == name || option.Aliases.Contains(name, StringComparer.Ordinal));

    private string Suggest(string name)
    {
        ImmutableArray<string> near = NearestNames.Of(name, Contribution.Options.Select(static option => option.Name));
        return !near.IsEmpty ? $"Did you mean {string.Join(" or ", near)}?"
            : Contribution.Options.IsEmpty ? "It has none."
            : $"It has {string.Join(", ", Contribution.Options.Select(static option => option.Name))}.";
    }

    /// <summary>'1e-5' for '1E-05'.</summary>
    private static string AsPeopleWrite(string number) =>
        number.Split('E') is [var digits, var power] && int.TryParse(power, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int exponent)
            ? string.Create(CultureInfo.InvariantCulture, $"{digits}e{exponent}")
            : number;

    private static string HelpName(OptionDescriptor descriptor) => descriptor.Type switch
    {
        OptionType.Boolean => "true|false",
        OptionType.Integer => "N",
        OptionType.Number => "X",
        OptionType.Choice => string.Join('|', descriptor.Choices),
        _ when descriptor.Names is not null => "NAME",
        _ => "TEXT",
    };
}
