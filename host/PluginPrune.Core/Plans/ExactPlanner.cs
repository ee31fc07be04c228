using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Selection;
using PluginPrune.Core.Surgery;

namespace PluginPrune.Core.Plans;

/// <summary>
/// Makes plans with constant channels. They count wherever channels are counted: in budgets, and in the multiples that layers
/// keep, where a constant takes the place of a channel that would only have come back to fill up.
/// </summary>
internal sealed class ExactPlanner(
    Network network, ImmutableArray<ResidualBlock> removed, NetworkAnalysis left, SelectionGuards guards, ImmutableArray<MemberScores> scores)
{
    private readonly double[][] _ranks = MaskGuard.Ranks(left.Groups, scores);

    /// <param name="wanted">What a criterion wants to stay.</param>
    public PruningPlan Plan(ChannelMasks wanted)
    {
        ChannelMasks live = MaskGuard.Enforce(left, guards with { RoundTo = 1 }, wanted, scores);
        while (true)
        {
            // What lives only ever grows, so this ends: in the worst case with everything alive and nothing to carry.
            ImmutableHashSet<ChannelElement> constants = ConstantChannelChooser.Choose(
                new PruningPlan(network, removed, left, live), element => _ranks[element.Group][element.Element]);
            ChannelMasks kept = MaskGuard.Enforce(left, guards, With(live, constants, true), scores);
            ChannelMasks livesNow = With(kept, constants, false);
            if (left.Groups.All(group => livesNow[group].AsSpan().SequenceEqual(live[group].AsSpan())))
            {
                return new PruningPlan(network, removed, left, kept) { Folding = FoldingMode.Exact, Constants = constants };
            }

            live = livesNow;
        }
    }

    private ChannelMasks With(ChannelMasks masks, ImmutableHashSet<ChannelElement> elements, bool keep)
    {
        ImmutableArray<bool>[] changed = [.. left.Groups.Select(group => masks[group])];
        foreach (ChannelElement element in elements)
        {
            changed[element.Group] = changed[element.Group].SetItem(element.Element, keep);
        }

        return new ChannelMasks(changed);
    }
}
