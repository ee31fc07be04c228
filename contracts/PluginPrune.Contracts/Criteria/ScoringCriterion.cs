using System.Collections.Immutable;
using PluginPrune.Contracts.Groups;

namespace PluginPrune.Contracts.Criteria;

/// <summary>
/// A criterion that gives every channel of every layer a number, the larger the more it is worth keeping, and leaves the
/// choice to the host: thresholds, tied layers, floors and constraints.
/// </summary>
public abstract class ScoringCriterion : IPruningCriterion
{
    /// <summary>How the host turns scores into a choice.</summary>
    protected abstract SelectionRule Rule { get; }

    /// <inheritdoc />
    public ChannelDecision Decide(PruningContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var scores = ImmutableArray.CreateBuilder<MemberScores>();
        foreach (ChannelGroup group in context.Groups)
        {
            foreach (GroupMember member in group.Members)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Score(member, context) is { } values)
                {
                    scores.Add(new MemberScores(group, member, values));
                }
            }
        }

        return ChannelDecision.FromScores(scores.ToImmutable(), Rule);
    }

    /// <summary>Scores the channels of one layer.</summary>
    /// <param name="member">The layer. Its <see cref="GroupMember.Channels"/> are what is to be scored.</param>
    /// <param name="context">The network and its groups.</param>
    /// <returns>
    /// A finite number for each of the member's channels, or null where the layer has nothing that this criterion can judge
    /// by (for instance no batch norm): it then follows its group, and a group of which no member is scored stays whole.
    /// </returns>
    protected abstract double[]? Score(GroupMember member, PruningContext context);
}
