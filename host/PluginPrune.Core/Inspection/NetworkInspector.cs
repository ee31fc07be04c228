using System.Collections.Immutable;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Costs;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Selection;
using PluginPrune.Core.Surgery;

namespace PluginPrune.Core.Inspection;

/// <summary>Looks at a network: its layers, what is tied to what and why, what is locked, what could go.</summary>
public static class NetworkInspector
{
    /// <summary>Looks at a network, or at what a plan would make of it.</summary>
    /// <param name="network">The network.</param>
    /// <param name="plan">A plan for it, or null.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static NetworkInspection Inspect(Network network, PruningPlan? plan, CancellationToken cancellationToken) => Inspect(network, plan, kept: null, cancellationToken);

    /// <summary>The same where a user wants layers to stay as they are.</summary>
    /// <param name="network">The network.</param>
    /// <param name="plan">A plan for it, or null.</param>
    /// <param name="kept">The layers; they are locked. Null for none.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static NetworkInspection Inspect(Network network, PruningPlan? plan, KeptLayers? kept, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(network);
        var whole = NetworkAnalysis.Of(network, PruningScope.Full);
        NetworkAnalysis analysis = kept?.Lock(whole) ?? whole;
        NetworkCost cost = NetworkCost.Of(network);
        NetworkCost? after = plan is null ? null : NetworkCost.Of(NetworkSurgeon.Apply(plan, cancellationToken).Network);
        TieKinds[] ties = TieFinder.Find(analysis);
        ImmutableArray<ResidualBlock> free = kept?.WithoutKept(network, analysis.Blocks) ?? analysis.Blocks;
        return new NetworkInspection
        {
            Analysis = analysis,
            Cost = cost,
            Layers = new LayerInspector(analysis, cost, plan, after).Inspect(),
            Groups = [.. analysis.Groups.Select(group => new GroupInspection(group, ties[group.Index], LocksOf([group]), plan is null ? null : Kept(group, plan)))],
            Blocks = [.. analysis.Blocks.Select(block => OfBlock(block, cost, plan) with { IsKept = !free.Contains(block) })],
            Locks = LocksOf(analysis.Groups),
            Plan = plan,
            After = after,
        };
    }

    private static ImmutableArray<LockCount> LocksOf(IEnumerable<ChannelGroup> groups) =>
    [
        .. groups
            .SelectMany(static group => group.Locks.OfType<string>().Select(reason => (reason, group.Index)))
            .GroupBy(static pair => pair.reason, StringComparer.Ordinal)
            .Select(static reason => new LockCount(reason.Key, reason.Select(static pair => pair.Index).Distinct().Count(), reason.Count()))
            .OrderByDescending(static count => count.Channels)
            .ThenBy(static count => count.Reason, StringComparer.Ordinal),
    ];

    /// <summary>Elements of which some layer that stays keeps its channel: without removed blocks a group may have come apart.</summary>
    private static int Kept(ChannelGroup group, PruningPlan plan)
    {
        bool[] kept = new bool[group.Size];
        foreach (GroupMember member in group.Members.Where(member => !plan.IsRemoved(member.Layer.Id)))
        {
            bool[] keep = plan.KeepOf(member.Layer.Id);
            for (int i = 0; i < member.Channels.Length; i++)
            {
                kept[member.Elements[i]] |= keep[member.Channels[i]];
            }
        }

        return kept.Count(static keep => keep);
    }

    private static BlockInspection OfBlock(ResidualBlock block, NetworkCost cost, PruningPlan? plan)
    {
        // The scale of the last batch norm is the one by which the branch is added.
        var norm = block.Branch.LastOrDefault(static node => node.Operation is BatchNorm)?.Operation as BatchNorm;
        ImmutableArray<string> layers = [.. block.Branch.Select(static node => node.Origin.Layer).Distinct(StringComparer.Ordinal)];
        LayerCost[] costs = [.. cost.Layers.Where(layer => layers.Contains(layer.Layer, StringComparer.Ordinal))];
        return new BlockInspection(
            block,
            layers,
            costs.Sum(static layer => layer.Parameters),
            costs.Sum(static layer => layer.MultiplyAdds),
            norm is null ? null : new GammaProfile(norm.Gamma.Floats).Mean,
            plan?.IsRemoved(block.Junction.Id) ?? false);
    }
}
