using System.Collections.Immutable;

namespace PluginPrune.Contracts.Criteria;

/// <summary>What a criterion decided: scores and a rule by which the host selects, or masks of its own making.</summary>
public sealed class ChannelDecision
{
    private ChannelDecision(ImmutableArray<MemberScores> scores, SelectionRule? rule, ChannelMasks? masks)
    {
        Scores = scores;
        Rule = rule;
        Masks = masks;
    }

    /// <summary>The scores. Beside masks they may be empty; where given, they rank what constraints must bring back.</summary>
    public ImmutableArray<MemberScores> Scores { get; }

    /// <summary>The rule by which the host selects, or null where <see cref="Masks"/> are given.</summary>
    public SelectionRule? Rule { get; }

    /// <summary>The criterion's own choice, or null where <see cref="Rule"/> is given.</summary>
    public ChannelMasks? Masks { get; }

    /// <summary>Leaves the choice to the host.</summary>
    /// <param name="scores">At most one entry for each member of each group.</param>
    /// <param name="rule">How to choose.</param>
    public static ChannelDecision FromScores(ImmutableArray<MemberScores> scores, SelectionRule rule) => new(scores, rule, null);

    /// <summary>Makes the choice.</summary>
    /// <param name="masks">What stays, for every group.</param>
    /// <param name="scores">For ranking; may be empty.</param>
    public static ChannelDecision FromMasks(ChannelMasks masks, ImmutableArray<MemberScores> scores) => new(scores, null, masks);
}
