using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Selection;
using PluginPrune.Core.Surgery;

namespace PluginPrune.Core.Plans;

/// <summary>Makes plans: asks the criteria, guards what they say, and brings channels and blocks together.</summary>
/// <param name="services">What criteria may ask of the host.</param>
public sealed class PlanMaker(IPruningServices services)
{
    /// <summary>Makes a plan.</summary>
    /// <param name="network">The network.</param>
    /// <param name="request">By what.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="PlanException">More blocks are asked for than can go.</exception>
    public PlanResult Make(Network network, PlanRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request is { Blocks: > 0, Order: PlanOrder.BlocksFirst }
            ? BlocksFirst(network, request, cancellationToken)
            : ChannelsFirst(network, request, cancellationToken);
    }

    private PlanResult BlocksFirst(Network network, PlanRequest request, CancellationToken cancellationToken)
    {
        ImmutableArray<ResidualBlock> candidates = BlockFinder.Find(network);
        (ImmutableArray<ResidualBlock> removed, var scores) = ChooseBlocks(network, candidates, request);
        NetworkAnalysis analysis = NetworkAnalysis.Of(BlockRemoval.Remove(network, removed), request.Scope);
        (ChannelMasks masks, ChannelDecision? decision) = ChooseChannels(analysis, request, cancellationToken);
        return new PlanResult(new PruningPlan(network, removed, analysis, masks), decision, scores);
    }

    private PlanResult ChannelsFirst(Network network, PlanRequest request, CancellationToken cancellationToken)
    {
        NetworkAnalysis analysis = NetworkAnalysis.Of(network, request.Scope);
        (ChannelMasks masks, ChannelDecision? decision) = ChooseChannels(analysis, request, cancellationToken);
        var plan = new PruningPlan(network, [], analysis, masks);
        if (request.Blocks == 0)
        {
            return new PlanResult(plan, decision, ImmutableSortedDictionary<string, double>.Empty);
        }

        Network small = NetworkSurgeon.Apply(plan, cancellationToken).Network;
        (ImmutableArray<ResidualBlock> chosen, var scores) = ChooseBlocks(small, BlockFinder.Find(small), request);

        // Surgery on channels keeps every block where it was.
        var whole = analysis.Blocks.ToDictionary(static block => block.Junction.Id, StringComparer.Ordinal);
        ImmutableArray<ResidualBlock> removed = [.. chosen.Select(block => whole[block.Junction.Id])];
        NetworkAnalysis left = NetworkAnalysis.Of(BlockRemoval.Remove(network, removed), request.Scope);
        ChannelMasks carried = MaskGuard.Enforce(left, request.Guards, Carry(analysis, masks, left), decision is null ? [] : Carry(decision.Scores, left));
        return new PlanResult(new PruningPlan(network, removed, left, carried), decision, scores);
    }

    private (ChannelMasks Masks, ChannelDecision? Decision) ChooseChannels(
        NetworkAnalysis analysis, PlanRequest request, CancellationToken cancellationToken)
    {
        if (request.Criterion is null)
        {
            return (ChannelMasks.All(analysis.Groups), null);
        }

        var context = new PruningContext(analysis.Network, analysis.Groups, services) { Scope = request.Scope, Seed = request.Seed };
        ChannelDecision decision = request.Criterion.Decide(context, cancellationToken);
        ChannelMasks masks = services.Select(context, decision);
        return (MaskGuard.Enforce(analysis, request.Guards, masks, decision.Scores), decision);
    }

    private static (ImmutableArray<ResidualBlock> Blocks, ImmutableSortedDictionary<string, double> Scores) ChooseBlocks(
        Network network, ImmutableArray<ResidualBlock> candidates, PlanRequest request)
    {
        if (request.BlockCriterion is null)
        {
            throw new PlanException("Blocks are to go, and no block criterion says which.");
        }

        var scored = candidates
            .Select(block => (Block: block, Score: request.BlockCriterion.Score(network, block)))
            .Where(static pair => pair.Score is not null)
            .OrderBy(static pair => pair.Score)
            .ThenByDescending(static pair => pair.Block.Index)
            .ToArray();

        // A block within another one goes with it and is not counted on its own.
        var gone = new HashSet<string>(StringComparer.Ordinal);
        var chosen = new List<ResidualBlock>();
        foreach ((ResidualBlock block, _) in scored)
        {
            if (chosen.Count < request.Blocks && !gone.Contains(block.Junction.Id))
            {
                chosen.Add(block);
                gone.UnionWith(block.Branch.Select(static node => node.Id));
            }
        }

        if (chosen.Count < request.Blocks)
        {
            throw new PlanException(string.Create(
                CultureInfo.InvariantCulture,
                $"{request.Blocks} blocks are to go, and only {chosen.Count} can: the network has {candidates.Length} removable residual blocks, of which the block criterion can judge {scored.Length}."));
        }

        return (
            [.. chosen.OrderBy(static block => block.Index)],
            scored.ToImmutableSortedDictionary(static pair => pair.Block.Junction.Id, static pair => pair.Score!.Value, StringComparer.Ordinal));
    }

    /// <summary>The same choice in the groups of the network without the removed blocks: channels are found by their producers.</summary>
    private static ChannelMasks Carry(NetworkAnalysis from, ChannelMasks masks, NetworkAnalysis to)
    {
        bool[][] keep = [.. to.Groups.Select(static group => new bool[group.Size])];
        foreach (GroupMember producer in to.Groups.SelectMany(static group => group.Members).Where(static member => member.IsProducer))
        {
            ImmutableArray<ChannelElement> before = from.ElementsOf(producer.Layer.Id);
            ImmutableArray<ChannelElement> after = to.ElementsOf(producer.Layer.Id);
            for (int channel = 0; channel < before.Length; channel++)
            {
                keep[after[channel].Group][after[channel].Element] |= masks[from.Groups[before[channel].Group]][before[channel].Element];
            }
        }

        return new ChannelMasks(keep.Select(static mask => mask.ToImmutableArray()));
    }

    private static ImmutableArray<MemberScores> Carry(ImmutableArray<MemberScores> scores, NetworkAnalysis to)
    {
        var members = to.Groups
            .SelectMany(static group => group.Members, static (group, member) => (group, member))
            .ToDictionary(static pair => (pair.member.Layer.Id, pair.member.Channels[0]));
        return
        [
            .. scores
                .Where(score => members.ContainsKey((score.Member.Layer.Id, score.Member.Channels[0])))
                .Select(score => (score, to: members[(score.Member.Layer.Id, score.Member.Channels[0])]))
                .Where(static pair => pair.to.member.Channels.Length == pair.score.Values.Length)
                .Select(static pair => new MemberScores(pair.to.group, pair.to.member, pair.score.Values)),
        ];
    }
}
