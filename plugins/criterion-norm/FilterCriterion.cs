using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Shared.Weights;

namespace PluginPrune.CriterionNorm;

/// <summary>
/// Scores each channel by the filter that makes it. Layers without filters, such as a batch norm over a concatenation, follow
/// those they are tied to; a depthwise layer has filters too, and an opinion of its own.
/// </summary>
/// <param name="options">How the scores become a choice.</param>
internal abstract class FilterCriterion(FilterOptions options) : IPruningCriterion
{
    /// <inheritdoc />
    public ChannelDecision Decide(PruningContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        (ChannelGroup Group, GroupMember Member)[] judged =
        [
            .. context.Groups.Where(static group => !group.IsLocked)
                .SelectMany(static group => group.Members, static (group, member) => (group, member))
                .Where(static pair => WeightMatrix.Of(pair.member.Layer.Operation) is not null),
        ];
        double[][] scores = new double[judged.Length][];
        Score([.. judged.Select(static pair => pair.Member)], scores, cancellationToken);
        return ChannelDecision.FromScores(
            [.. judged.Select((pair, index) => new MemberScores(pair.Group, pair.Member, scores[index]))], options.Rule);
    }

    /// <summary>Scores all layers.</summary>
    /// <param name="members">The layers, all with weights.</param>
    /// <param name="scores">Receives, for each layer, <see cref="Finish"/> of one number for each of its filters.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    protected abstract void Score(ImmutableArray<GroupMember> members, double[][] scores, CancellationToken cancellationToken);

    /// <summary>Picks the member's channels and normalizes.</summary>
    /// <param name="member">The layer.</param>
    /// <param name="filters">A number for each filter of the layer.</param>
    protected double[] Finish(GroupMember member, double[] filters)
    {
        double[] scores = new double[member.Channels.Length];
        double sum = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = filters[member.Channels[i]];
            sum += scores[i];
        }

        // A layer whose filters are all worth nothing keeps its zeros.
        double mean = sum / scores.Length;
        if (options.Normalize == ScoreNormalization.Mean && mean != 0)
        {
            for (int i = 0; i < scores.Length; i++)
            {
                scores[i] /= mean;
            }
        }

        return scores;
    }
}
