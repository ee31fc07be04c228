using System.CommandLine;
using PluginPrune.Contracts.Options;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Cli.CommandLine;

/// <summary>
/// The contributions that options of others name, as `dual` names the two criteria that it unites. They bring no options of their
/// own to the command line; --set gives theirs.
/// </summary>
internal sealed class BuiltOnContributions
{
    private readonly List<ContributionOptions> _all = [];
    private readonly ContributionSet _contributions;
    private readonly string[] _args;

    /// <param name="args">The command line.</param>
    /// <param name="contributions">Takes what is found.</param>
    /// <param name="builder">What builds on others; null for nothing.</param>
    /// <exception cref="PluginException">The command line names one that nobody contributes.</exception>
    public BuiltOnContributions(string[] args, ContributionSet contributions, ContributionOptions? builder)
    {
        _args = args;
        _contributions = contributions;
        Root = builder;
        if (builder is not null)
        {
            Find(builder);
        }
    }

    /// <summary>What builds on them.</summary>
    public ContributionOptions? Root { get; }

    /// <summary>In the order in which they are named.</summary>
    public IReadOnlyList<ContributionOptions> All => _all;

    /// <summary>For the help: their options as --set takes them.</summary>
    public IEnumerable<(string Title, IEnumerable<(string Name, string Text)> Lines)> Lists => _all
        .Where(static named => !named.Contribution.Options.IsEmpty)
        .Select(static named => ($"Options of {named.Contribution.Name}, by --set", named.Contribution.Options.Select(option => ($"{named.Contribution.Name}.{option.Name}", ContributionOptions.Describe(option)))));

    /// <summary>What the host does for criteria, these with the options that --set gives them.</summary>
    /// <param name="plugins">Where they are found.</param>
    /// <param name="result">What was parsed.</param>
    /// <param name="pictures">What they measure channels with; null where the command has no labelled pictures.</param>
    public CriterionServices Services(PluginHost plugins, ParseResult result, CriterionPictures? pictures = null) => Services(plugins, result, [], pictures);

    /// <summary>The same with options from elsewhere, where --set gives nothing.</summary>
    /// <param name="plugins">Where they are found.</param>
    /// <param name="result">What was parsed.</param>
    /// <param name="usual">As <see cref="Given"/> gives them; others are passed over.</param>
    /// <param name="pictures">What they measure channels with; null where the command has no labelled pictures.</param>
    public CriterionServices Services(PluginHost plugins, ParseResult result, IEnumerable<KeyValuePair<string, string>> usual, CriterionPictures? pictures)
    {
        var settings = _all.ToDictionary(static named => named.Contribution.FullName, named => named.ValuesIn(result), StringComparer.Ordinal);
        foreach ((string name, string value) in usual)
        {
            int dot = name.LastIndexOf('.');
            if (dot > 0 && plugins.Catalog.Find(ContributionKind.Criterion, name[..dot]).Contribution is { } owner)
            {
                Dictionary<string, string> own = settings.GetValueOrDefault(owner.FullName) ?? [];
                own.TryAdd(name[(dot + 1)..], value);
                settings[owner.FullName] = own;
            }
        }

        return new(plugins)
        {
            Root = Root?.Contribution,
            MakeMeter = pictures is null ? null : (criterion, token) => pictures.Make(result, criterion, token),
            MakeInputMeter = pictures is null ? null : (criterion, token) => pictures.MakeInputMeter(result, criterion, token),
            Settings = settings.ToDictionary(static pair => pair.Key, IReadOnlyDictionary<string, string> (pair) => pair.Value, StringComparer.Ordinal),
        };
    }

    /// <summary>What --set gives them, as 'subspace.k' and its value, for the record.</summary>
    public IEnumerable<KeyValuePair<string, string>> Given(ParseResult result) =>
        _all.SelectMany(named => named.ValuesIn(result).Select(pair => KeyValuePair.Create($"{named.Contribution.Name}.{pair.Key}", pair.Value)));

    private void Find(ContributionOptions builder)
    {
        foreach (OptionDescriptor option in builder.Contribution.Options.Where(static option => option.Names is not null))
        {
            string? given = NameIn(builder, option);
            if (given is not null)
            {
                Add(_contributions.NamedCandidate(option.Names!.Value, given));
            }
            else if (option.Default is { } standard)
            {
                // Where it is missing, whoever needs it says so.
                Add(_contributions.Candidate(option.Names!.Value, standard));
            }
        }
    }

    /// <summary>The root is named by options of the command, what it builds on by --set alone.</summary>
    private string? NameIn(ContributionOptions builder, OptionDescriptor option)
    {
        string[] owners = [builder.Contribution.Name, builder.Contribution.FullName];
        IEnumerable<string> settings = ArgumentScan.ValuesOf(_args, _contributions.Set.Name)
            .Where(setting => owners.Any(owner => setting.StartsWith($"{owner}.{option.Name}=", StringComparison.Ordinal)))
            .Select(static setting => setting[(setting.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        return settings.LastOrDefault()
            ?? (builder == Root ? option.Aliases.Prepend(option.Name).Select(name => ArgumentScan.ValueOf(_args, "--" + name)).FirstOrDefault(static value => value is not null) : null);
    }

    private void Add(ContributionOptions? named)
    {
        // What builds on itself is refused when it is asked, with the way that led there.
        if (named is not null && named != Root && !_all.Contains(named))
        {
            _all.Add(named);
            Find(named);
        }
    }
}
