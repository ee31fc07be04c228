using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Selection;
using PluginPrune.Core.Surgery;

namespace PluginPrune.Core.Tests.Support;

/// <summary>Random plans.</summary>
internal static class Pruned
{
    /// <summary>Drops about a share of the elements of every group at random, and about every third block.</summary>
    public static PruningPlan Randomly(Network network, int seed, double share = 0.5, bool withBlocks = true, int roundTo = 1)
    {
        var random = new Random(seed);
        ImmutableArray<ResidualBlock> blocks = withBlocks
            ? [.. BlockFinder.Find(network).Where(_ => random.Next(3) == 0)]
            : [];
        NetworkAnalysis analysis = NetworkAnalysis.Of(BlockRemoval.Remove(network, blocks), PruningScope.Full);
        var wanted = new ChannelMasks(analysis.Groups.Select(group =>
            ImmutableArray.CreateRange(Enumerable.Range(0, group.Size).Select(_ => random.NextDouble() >= share))));
        ChannelMasks masks = MaskGuard.Enforce(analysis, new SelectionGuards { RoundTo = roundTo }, wanted, []);
        return new PruningPlan(network, blocks, analysis, masks);
    }

    /// <summary>The same with <see cref="FoldingMode.Exact"/>.</summary>
    public static PruningPlan Exactly(Network network, int seed, double share = 0.5, bool withBlocks = true, int roundTo = 1)
    {
        PruningPlan plan = Randomly(network, seed, share, withBlocks);
        return new ExactPlanner(network, plan.RemovedBlocks, plan.Analysis, new SelectionGuards { RoundTo = roundTo }, []).Plan(plan.Masks);
    }

    public static SurgeryResult Apply(this PruningPlan plan) => NetworkSurgeon.Apply(plan, CancellationToken.None);
}
