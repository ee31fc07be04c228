using System.CommandLine;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Cli.Prune;

/// <summary>The contributions that a command line of prune names.</summary>
internal sealed class PruneContributions
{
    public const string StandardBlockCriterion = "bn-mean";

    private const string None = "none";

    public PruneContributions(string[] args, PluginHost plugins, PruneOptions options, Command command)
    {
        Set = new ContributionSet(plugins, command);
        command.Add(Set.Set);
        if (ArgumentScan.ValueOf(args, options.Criterion.Name) is { } criterion && criterion != None)
        {
            Criterion = Set.Named(ContributionKind.Criterion, criterion);
        }

        // Asked for by default, these may be missing where nobody needs them.
        BlockCriterion = Set.NamedOrStandard(
            ContributionKind.BlockCriterion, ArgumentScan.ValueOf(args, options.BlockCriterion.Name), StandardBlockCriterion);
        options.Network.FindFormat(args, Set);
        options.Engine.FindEngine(args, Set);
    }

    public ContributionSet Set { get; }

    public ContributionOptions? Criterion { get; }

    public ContributionOptions? BlockCriterion { get; }
}
