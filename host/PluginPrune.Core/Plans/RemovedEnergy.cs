using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;

namespace PluginPrune.Core.Plans;

/// <summary>How much of the scores' energy (the sum of their squares) a plan takes away.</summary>
internal static class RemovedEnergy
{
    /// <summary>
    /// The share, 0 to 1, of what really goes, after tied layers were merged and floors kept; null where there are no scores, or
    /// where they are mere places: in sets of the criterion's own, or beside masks.
    /// </summary>
    public static double? Of(ChannelDecision? decision, PruningPlan plan) =>
        decision is { Scores.IsDefaultOrEmpty: false, Rule.HasOwnSets: false } ? ShareOf(decision.Scores, plan) : null;

    /// <summary>The layer, or tied layers together, that lose the largest share, and that share.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="plan">What goes.</param>
    /// <param name="least">A score that is nothing: a layer with none above it has nothing to lose.</param>
    public static (string Layer, double Share) OfWorstGroup(ImmutableArray<MemberScores> scores, PruningPlan plan, double least) => scores
        .GroupBy(static score => score.Group.Index)
        .Select(group => (group.First().Group.Members[0].Layer.Origin.Layer, ShareOf(group, plan, least)))
        .MaxBy(static group => group.Item2);

    private static double ShareOf(IEnumerable<MemberScores> scores, PruningPlan plan, double least = 0)
    {
        double all = 0;
        double removed = 0;
        foreach (MemberScores score in scores)
        {
            bool[] keep = plan.LiveOf(score.Member.Layer.Id);
            for (int i = 0; i < score.Values.Length; i++)
            {
                double energy = score.Values[i] * score.Values[i];
                all += Math.Max(energy, least * least);
                removed += keep[score.Member.Channels[i]] ? 0 : energy;
            }
        }

        return all == 0 ? 0 : removed / all;
    }
}
