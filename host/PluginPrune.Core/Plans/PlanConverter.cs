using System.Collections.Immutable;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Analysis;

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
        return ToDocument(plan, ArchitectureHash.Of(plan.Network), blockScores, made);
    }

    /// <summary>Writes a plan down whose network's fingerprint is known.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="architecture">The fingerprint of the plan's network, see <see cref="ArchitectureHash"/>.</param>
    /// <param name="blockScores">What the block criterion thought, keyed by the additions' ids.</param>
    /// <param name="made">How it was made.</param>
    public static PlanDocument ToDocument(
        PruningPlan plan, string architecture, IReadOnlyDictionary<string, double> blockScores, ImmutableSortedDictionary<string, string> made)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new PlanDocument
        {
            Network = plan.Network.Name,
            Architecture = architecture,
            Made = made,
            Folding = plan.Folding,
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
                    NoteOf(group))
                {
                    Constant = IndexRanges.Format([.. Enumerable.Range(0, group.Size).Select(element => plan.Constants.Contains(new ChannelElement(group.Index, element)))]),
                }),
            ],
            Structure = [.. ArchitectureHash.Describe(plan.Network).Select(static line => new StructureLine(line, PlanPlace.None))],
        };
    }

    /// <summary>Makes a plan of a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="network">The network that it is to be applied to.</param>
    /// <exception cref="PlanException">It is for another network, or asks for what cannot be; all that is wrong is told.</exception>
    public static PruningPlan ToPlan(PlanDocument document, Network network)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(network);
        return new PlanBinder(document, network).Bind();
    }

    private static string? NoteOf(ChannelGroup group) =>
        group.IsLocked ? group.LockOf(0)
        : group.IsTiedByAddition ? "tied by addition"
        : group.Members.Length > 1 ? "tied channel by channel"
        : null;
}
