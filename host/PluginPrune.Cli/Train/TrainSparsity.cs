using System.Collections.Immutable;
using System.CommandLine;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Cli.Prune;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Contracts.Training;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Plugins;
using PluginPrune.Core.Selection;
using PluginPrune.Core.Training;

namespace PluginPrune.Cli.Train;

/// <summary>Which scales a training pulls towards 0, and how.</summary>
/// <param name="options">The command's options.</param>
/// <param name="plugins">Where criteria are found.</param>
/// <param name="contributions">Makes the scheduler.</param>
/// <param name="scheduler">The scheduler's options; null where it is not installed.</param>
internal sealed class TrainSparsity(TrainOptions options, PluginHost plugins, ContributionSet contributions, ContributionOptions? scheduler)
{
    /// <summary>Which layers can be pruned.</summary>
    public PruningScope ScopeIn(ParseResult result) => result.GetValue(options.Scope) == "scripts" ? PruningScope.Scripts : PruningScope.Full;

    /// <summary>Layers that prune is to keep; null where none are named.</summary>
    /// <exception cref="PlanException">A name fits no layer of the network.</exception>
    public KeptLayers? KeptIn(ParseResult result, Network network)
    {
        KeptLayers? kept = KeepOption.In(result, options.Keep);
        kept?.RefuseUnknown(network);
        return kept;
    }

    /// <summary>What is pulled; null where nothing is.</summary>
    /// <exception cref="UsageException">Nothing can be pulled, or is, and a scheduler is named.</exception>
    /// <exception cref="PlanException">A layer that is to be kept is not there.</exception>
    public SparsitySettings? SettingsIn(ParseResult result, Network network, ImmutableHashSet<string> frozen, Terminal terminal)
    {
        KeptLayers? kept = KeptIn(result, network);
        double strength = options.StrengthIn(result);
        if (strength == 0)
        {
            if (result.GetResult(options.Scheduler) is { Implicit: false })
            {
                throw new UsageException($"{options.Scheduler.Name} says how scales are pulled, and nothing pulls them. Add {options.Sparsity.Name} 0.001, for instance.");
            }

            if (kept is not null)
            {
                terminal.Note($"{options.Keep.Name} holds nothing here: it says which scales {options.Sparsity.Name} is not to pull, and none are pulled. {options.Freeze.Name} keeps weights.");
            }

            return null;
        }

        ContributionOptions chosen = contributions.Demand(scheduler, ContributionKind.Scheduler, TrainOptions.StandardScheduler, "name another with --scheduler");
        ImmutableArray<string> scales = [.. PrunedScales.Of(network, ScopeIn(result), kept).Where(id => !frozen.Contains(id))];
        return scales.IsEmpty
            ? throw new UsageException($"Nothing in '{network.Name}' can be trained sparse: no layer that can be pruned and is {(kept is null ? "not frozen" : "neither frozen nor kept")} has a batch norm.")
            : new SparsitySettings(contributions.Create<ISparsityScheduler>(chosen, result), scales, strength, result.GetValue(options.Ratio));
    }

    /// <summary>Looks how far it has got.</summary>
    public SparsityWatch WatchOf(SparsitySettings sparsity, ParseResult result) => new(sparsity, new CriterionServices(plugins))
    {
        // Where it is not installed, scales are counted all the same.
        Criterion = plugins.Create<IPruningCriterion>(ContributionKind.Criterion, PruneAdvice.Criterion, new Dictionary<string, string>(StringComparer.Ordinal)).Service,
        Scope = ScopeIn(result),
        Kept = KeepOption.In(result, options.Keep),
        Seed = result.GetValue(options.Seed),
    };
}
