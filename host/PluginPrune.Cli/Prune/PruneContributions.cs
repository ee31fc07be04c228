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
        BlockCriterion = FindOrNull(args, ContributionKind.BlockCriterion, options.BlockCriterion.Name, "bn-mean") is { } blocks
            ? new ContributionOptions(blocks, command)
            : null;
        Engine = FindOrNull(args, ContributionKind.Engine, options.Engine.Name, "managed") is { } engine
            ? new ContributionOptions(engine, command)
            : null;
    }

    public ContributionOptions? Criterion { get; }

    public ContributionOptions? BlockCriterion { get; }

    public ContributionOptions? Format { get; }

    public ContributionOptions? Engine { get; }

    public IEnumerable<ContributionOptions> All => new[] { Criterion, BlockCriterion, Format, Engine }.OfType<ContributionOptions>();

    /// <summary>Makes the object that does the work; this loads the plugin.</summary>
    public TService Create<TService>(ContributionOptions options, ParseResult result, string[] settings)
        where TService : class
    {
        Dictionary<string, string> values = options.ValuesIn(result);
        foreach (string setting in settings)
        {
            (string owner, string option, string value) = SplitSetting(setting);
            if (owner == options.Contribution.Name || owner == options.Contribution.FullName)
            {
                values[option] = value;
            }
            else if (All.All(other => owner != other.Contribution.Name && owner != other.Contribution.FullName))
            {
                throw new UsageException($"--set names '{owner}', which is not used here. Used are {string.Join(", ", All.Select(static used => used.Contribution.Name))}.");
            }
        }

        return _plugins.Create<TService>(options.Contribution.Kind, options.Contribution.FullName, values).GetOrThrow();
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
        return lookup.Contribution ?? throw new PluginException(lookup.Diagnostics);
    }
}
