using System.CommandLine;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Cli.Prune;

/// <summary>
/// The contributions that a command line names, found before it is parsed because they bring its options. Nothing is loaded.
/// </summary>
internal sealed class PruneContributions
{
    public const string StandardBlockCriterion = "bn-mean";

    public const string StandardEngine = "managed";

    private const string None = "none";

    private readonly PluginHost _plugins;

    public PruneContributions(string[] args, PluginHost plugins, PruneOptions options, Command command)
    {
        _plugins = plugins;
        if (ArgumentScan.ValueOf(args, options.Criterion.Name) is { } criterion && criterion != None)
        {
            Criterion = new ContributionOptions(Find(ContributionKind.Criterion, criterion), command);
        }

        string model = ArgumentScan.ValueOf(args, options.Model.Name) ?? ArgumentScan.ValueOf(args, "--cfg") ?? SampleModel.CfgPath;
        Format = FindFormat(model == SampleModel.Name ? SampleModel.CfgPath : model) is { } format ? new ContributionOptions(format, command) : null;

        // Asked for by default, they may be missing where nobody needs them.
        BlockCriterion = FindOrNull(args, ContributionKind.BlockCriterion, options.BlockCriterion.Name, StandardBlockCriterion) is { } blocks
            ? new ContributionOptions(blocks, command)
            : null;
        Engine = FindOrNull(args, ContributionKind.Engine, options.Engine.Name, StandardEngine) is { } engine
            ? new ContributionOptions(engine, command)
            : null;
    }

    public ContributionOptions? Criterion { get; }

    public ContributionOptions? BlockCriterion { get; }

    public ContributionOptions? Format { get; }

    public ContributionOptions? Engine { get; }

    public IEnumerable<ContributionOptions> All => new[] { Criterion, BlockCriterion, Format, Engine }.OfType<ContributionOptions>();

    /// <summary>Takes what --set gives, before anything is created or written down.</summary>
    /// <exception cref="UsageException">A setting is malformed, or its owner or option unknown.</exception>
    public void Apply(string[] settings)
    {
        foreach (string setting in settings)
        {
            (string owner, string option, string value) = SplitSetting(setting);
            ContributionOptions[] owners = [.. All.Where(used => owner == used.Contribution.Name || owner == used.Contribution.FullName)];
            if (owners.Length == 0)
            {
                throw new UsageException($"--set names '{owner}', which is not used here. Used are {string.Join(", ", All.Select(static used => used.Contribution.Name))}.");
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
        _plugins.Create<TService>(options.Contribution.Kind, options.Contribution.FullName, options.ValuesIn(result)).GetOrThrow();

    /// <summary>One that the command line did not name and that its work needs all the same.</summary>
    /// <exception cref="PluginException">Its plugin is at fault, or several contribute it.</exception>
    /// <exception cref="UsageException">Nobody contributes it.</exception>
    public ContributionOptions Demand(ContributionOptions? options, ContributionKind kind, string standard, string instead)
    {
        if (options is not null)
        {
            return options;
        }

        ContributionLookup lookup = _plugins.Catalog.Find(kind, standard);
        throw lookup.Diagnostics is [{ Code: DiagnosticCodes.NameUnknown }, ..]
            ? new UsageException($"No plugin contributes '{standard}', which is used where nothing else is named; {instead}.")
            : new PluginException(lookup.Diagnostics);
    }

    private static (string Owner, string Option, string Value) SplitSetting(string setting)
    {
        int equals = setting.IndexOf('=', StringComparison.Ordinal);
        int dot = equals < 0 ? -1 : setting.LastIndexOf('.', equals);
        return dot > 0
            ? (setting[..dot], setting[(dot + 1)..equals], setting[(equals + 1)..])
            : throw new UsageException($"--set takes NAME.OPTION=VALUE, for instance slim.layer-keep=0.05, not '{setting}'.");
    }

    private ContributionInfo? FindFormat(string model)
    {
        string extension = Path.GetExtension(model);
        return _plugins.Contributions(ContributionKind.Format)
            .FirstOrDefault(format => format.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase));
    }

    private ContributionInfo? FindOrNull(string[] args, ContributionKind kind, string option, string standard)
    {
        if (ArgumentScan.ValueOf(args, option) is { } name)
        {
            return Find(kind, name);
        }

        return _plugins.Catalog.Find(kind, standard).Contribution;
    }

    private ContributionInfo Find(ContributionKind kind, string name)
    {
        ContributionLookup lookup = _plugins.Catalog.Find(kind, name);
        if (lookup.Contribution is { } contribution)
        {
            return contribution;
        }

        // Whose manifest cannot be read may be the one that has the name.
        IEnumerable<PluginDiagnostic> unread = lookup.Diagnostics[0].Code == DiagnosticCodes.NameUnknown
            ? _plugins.Catalog.Plugins.Where(static plugin => plugin.State == PluginState.Invalid).SelectMany(static plugin => plugin.Diagnostics.Take(1))
            : [];
        throw new PluginException([.. lookup.Diagnostics, .. unread]);
    }
}
