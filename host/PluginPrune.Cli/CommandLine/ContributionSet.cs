using System.CommandLine;
using PluginPrune.Cli.Plugins;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Cli.CommandLine;

/// <summary>
/// The contributions that a command uses. They are found before its line is parsed because they bring options; nothing is
/// loaded before one is created. Options of the command itself must have been added before: they win over those of the same name.
/// </summary>
/// <param name="plugins">Where they are found.</param>
/// <param name="command">Takes their options.</param>
internal sealed class ContributionSet(PluginHost plugins, Command command)
{
    private readonly List<ContributionOptions> _used = [];

    /// <summary>In the order in which they were found.</summary>
    public IReadOnlyList<ContributionOptions> All => _used;

    /// <summary>The plugins that contribute them, by id, with their versions.</summary>
    public IEnumerable<(string Plugin, string Version)> Plugins =>
        _used.Select(static used => used.Contribution.PluginId).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(id => (id, plugins.Catalog.Plugins.First(plugin => plugin.Id == id && plugin.State is PluginState.Ok or PluginState.Conflicting).Manifest!.Version.ToString()));

    /// <summary>The option that gives a contribution's option in full.</summary>
    public Option<string[]> Set { get; } = new("--set")
    {
        Description = "Option of a contribution in full, NAME.OPTION=VALUE: where two share one name, or another builds on it",
        HelpName = "N.O=V",
        DefaultValueFactory = static _ => [],
    };

    /// <summary>For the help: the options under the names of those who brought them.</summary>
    public IEnumerable<(string Title, IEnumerable<Option> Options)> OptionGroups =>
        _used.Select(static used => ($"Options of {PluginJson.KindOf(used.Contribution)} {used.Contribution.Name}", used.Options));

    /// <summary>The extensions of files that some plugin reads a network from, with their dots.</summary>
    public IEnumerable<string> FormatExtensions =>
        plugins.Contributions(ContributionKind.Format).SelectMany(static known => known.Extensions).Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>For the help: what there is of a kind.</summary>
    public IEnumerable<(string Name, string Text)> Known(ContributionKind kind) =>
        plugins.Contributions(kind).Select(static contribution => (contribution.Name, contribution.Summary));

    /// <summary>One that the command line names.</summary>
    /// <exception cref="PluginException">Nobody contributes it, several do, or its plugin is at fault.</exception>
    public ContributionOptions Named(ContributionKind kind, string name) => Use(Demand(kind, name), command);

    /// <summary>One that the command line names for another to build on: its options are given by --set.</summary>
    /// <exception cref="PluginException">Nobody contributes it, several do, or its plugin is at fault.</exception>
    public ContributionOptions NamedCandidate(ContributionKind kind, string name) => Use(Demand(kind, name), taker: null);

    /// <summary>One that is used where nothing else is named; null where it is missing, since perhaps nobody needs it.</summary>
    public ContributionOptions? Standard(ContributionKind kind, string name) =>
        plugins.Catalog.Find(kind, name).Contribution is { } contribution ? Use(contribution, command) : null;

    /// <summary>One that is perhaps used, so that its options take no part in the command line but by --set; null where it is missing.</summary>
    public ContributionOptions? Candidate(ContributionKind kind, string name) =>
        plugins.Catalog.Find(kind, name).Contribution is { } contribution ? Use(contribution, taker: null) : null;

    /// <summary>The named one, else the usual one.</summary>
    public ContributionOptions? NamedOrStandard(ContributionKind kind, string? name, string standard) =>
        name is null ? Standard(kind, standard) : Named(kind, name);

    /// <summary>The format that reads a file by its extension, and by what it holds where several claim that; null for none.</summary>
    public ContributionOptions? FormatOf(string path)
    {
        string extension = Path.GetExtension(path);
        ContributionInfo[] claiming =
        [
            .. plugins.Contributions(ContributionKind.Format).Where(format => format.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase)),
        ];
        return claiming.Length == 0 ? null : Use(claiming.Length == 1 ? claiming[0] : FormatByContent.Choose(plugins, claiming, path), command);
    }

    /// <summary>Takes what --set gives, before anything is created or written down.</summary>
    /// <exception cref="UsageException">A setting is malformed, or its owner or option unknown.</exception>
    public void Apply(ParseResult result)
    {
        foreach (string setting in result.GetValue(Set) ?? [])
        {
            (string owner, string option, string value) = SplitSetting(setting);
            ContributionOptions[] owners = [.. _used.Where(used => owner == used.Contribution.Name || owner == used.Contribution.FullName)];
            if (owners.Length == 0)
            {
                throw new UsageException($"--set names '{owner}', which is not used here. Used are {string.Join(", ", _used.Select(static used => used.Contribution.Name))}.");
            }

            // A criterion and a block criterion may share a name; the option tells them apart.
            foreach (ContributionOptions used in owners.Where(used => used.Has(option)).DefaultIfEmpty(owners[0]))
            {
                used.Set(option, value);
            }
        }
    }

    /// <summary>Makes the object that does the work; this loads the plugin.</summary>
    public TService Create<TService>(ContributionOptions options, ParseResult result)
        where TService : class =>
        Create<TService>(options, options.ValuesIn(result));

    /// <summary>The same with values that the command made of its own options.</summary>
    public TService Create<TService>(ContributionOptions options, IReadOnlyDictionary<string, string> values)
        where TService : class =>
        plugins.Create<TService>(options.Contribution.Kind, options.Contribution.FullName, values).GetOrThrow();

    /// <summary>One that the command line did not name and that its work needs all the same.</summary>
    /// <exception cref="PluginException">Its plugin is at fault, or several contribute it.</exception>
    /// <exception cref="UsageException">Nobody contributes it.</exception>
    public ContributionOptions Demand(ContributionOptions? options, ContributionKind kind, string standard, string instead)
    {
        if (options is not null)
        {
            return options;
        }

        ContributionLookup lookup = plugins.Catalog.Find(kind, standard);
        throw lookup.Diagnostics is [{ Code: DiagnosticCodes.NameUnknown }, ..]
            ? new UsageException($"No plugin contributes '{standard}', which is used where nothing else is named; {instead}.")
            : new PluginException(lookup.Diagnostics);
    }

    private ContributionInfo Demand(ContributionKind kind, string name)
    {
        ContributionLookup lookup = plugins.Catalog.Find(kind, name);
        if (lookup.Contribution is { } contribution)
        {
            return contribution;
        }

        // Whose manifest cannot be read may be the one that has the name.
        IEnumerable<PluginDiagnostic> unread = lookup.Diagnostics[0].Code == DiagnosticCodes.NameUnknown
            ? plugins.Catalog.Plugins.Where(static plugin => plugin.State == PluginState.Invalid).SelectMany(static plugin => plugin.Diagnostics.Take(1))
            : [];
        throw new PluginException([.. lookup.Diagnostics, .. unread]);
    }

    private ContributionOptions Use(ContributionInfo contribution, Command? taker)
    {
        ContributionOptions? known = _used.Find(used => used.Contribution.Kind == contribution.Kind && used.Contribution.FullName == contribution.FullName);
        if (known is null)
        {
            known = new ContributionOptions(contribution, taker, _used);
            _used.Add(known);
        }

        return known;
    }

    private static (string Owner, string Option, string Value) SplitSetting(string setting)
    {
        int equals = setting.IndexOf('=', StringComparison.Ordinal);
        int dot = equals < 0 ? -1 : setting.LastIndexOf('.', equals);
        return dot > 0
            ? (setting[..dot], setting[(dot + 1)..equals], setting[(equals + 1)..])
            : throw new UsageException($"--set takes NAME.OPTION=VALUE, for instance slim.layer-keep=0.05, not '{setting}'.");
    }
}
