using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Selection;
using PluginPrune.Core.Surgery;

namespace PluginPrune.Core.Plans;

/// <summary>Between a plan and its document.</summary>
public static class PlanConverter
{
    /// <summary>Writes a plan down.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="blockScores">What the block criterion thought, keyed by the additions' ids.</param>
    /// <param name="made">How it was made.</param>
    public static PlanDocument ToDocument(
        PruningPlan plan, IReadOnlyDictionary<string, double> blockScores, ImmutableSortedDictionary<string, string> made)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new PlanDocument
        {
            Network = plan.Network.Name,
            Architecture = ArchitectureHash.Of(plan.Network),
            Made = made,
            RemovedBlocks =
            [
                .. plan.RemovedBlocks.Select(block => new PlannedBlock(
                    block.Junction.Id,
                    [.. block.Branch.Append(block.Junction).Select(static node => node.Origin.Layer).Distinct(StringComparer.Ordinal)],
                    blockScores.TryGetValue(block.Junction.Id, out double score) ? score : null)),
            ],
            Groups =
            [
                .. plan.Analysis.Groups.Select(group => new PlannedGroup(
                    group.Name,
                    [.. group.Members.Select(static member => member.Layer.Origin.Layer).Distinct(StringComparer.Ordinal)],
                    group.Size,
                    IndexRanges.Format(plan.Masks[group]),
                    NoteOf(group))),
            ],
        };
    }

    /// <summary>Makes a plan of a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="network">The network that it is to be applied to.</param>
    /// <exception cref="PlanException">It is for another network, or asks for what cannot be.</exception>
    public static PruningPlan ToPlan(PlanDocument document, Network network)
    {
        ArgumentNullException.ThrowIfNull(document);
        if (document.Architecture != ArchitectureHash.Of(network))
        {
            throw new PlanException(
                $"The plan was made for another network ('{document.Network}', {document.Architecture}); this one is {ArchitectureHash.Of(network)}. Make a plan for this network.");
        }

        ImmutableArray<ResidualBlock> all = NetworkAnalysis.Of(network, PruningScope.Full).Blocks;
        ImmutableArray<ResidualBlock> removed =
        [
            .. document.RemovedBlocks.Select(block => all.FirstOrDefault(candidate => candidate.Junction.Id == block.Junction)
                ?? throw new PlanException($"The plan removes block '{block.Junction}', which is none of the network's {Text(all.Length)} removable blocks.")),
        ];
        NetworkAnalysis analysis = NetworkAnalysis.Of(BlockRemoval.Remove(network, removed), PruningScope.Full);
        var planned = new Dictionary<string, PlannedGroup>(StringComparer.Ordinal);
        foreach (PlannedGroup group in document.Groups)
        {
            if (!planned.TryAdd(group.Name, group))
            {
                throw new PlanException($"The plan names group '{group.Name}' twice.");
            }
        }

        var masks = new ChannelMasks(analysis.Groups.Select(group => MaskOf(group, planned)));
        if (planned.Count > 0)
        {
            throw new PlanException($"The plan names group '{planned.Keys.First()}', which the network does not have.");
        }

        CheckLegal(analysis, masks);
        return new PruningPlan(network, removed, analysis, masks);
    }

    private static ImmutableArray<bool> MaskOf(ChannelGroup group, Dictionary<string, PlannedGroup> planned)
    {
        if (!planned.Remove(group.Name, out PlannedGroup? wanted))
        {
            throw new PlanException($"The plan says nothing of group '{group.Name}' with {Text(group.Size)} channels.");
        }

        if (wanted.Channels != group.Size)
        {
            throw new PlanException($"The plan gives group '{group.Name}' {Text(wanted.Channels)} channels; it has {Text(group.Size)}.");
        }

        (bool[]? mask, string? fault) = IndexRanges.Parse(wanted.Kept, group.Size);
        return mask is null ? throw new PlanException($"The plan's group '{group.Name}': {fault}.") : [.. mask];
    }

    /// <summary>What the guards would have to bring back is what is illegal in a plan.</summary>
    private static void CheckLegal(NetworkAnalysis analysis, ChannelMasks masks)
    {
        ChannelMasks legal = MaskGuard.Enforce(analysis, new SelectionGuards(), masks, []);
        foreach (ChannelGroup group in analysis.Groups)
        {
            for (int element = 0; element < group.Size; element++)
            {
                if (legal[group][element] && !masks[group][element])
                {
                    string reason = group.LockOf(element) ?? "without it a layer would be empty or its equal parts would differ";
                    throw new PlanException($"The plan drops channel {Text(element)} of group '{group.Name}', which must stay: {reason}.");
                }
            }
        }
    }

    private static string? NoteOf(ChannelGroup group) =>
        group.IsLocked ? group.LockOf(0)
        : group.IsTiedByAddition ? "tied by addition"
        : group.Members.Length > 1 ? "tied channel by channel"
        : null;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
