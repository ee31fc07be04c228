using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;

namespace PluginPrune.Core.Plans;

/// <summary>How much of the scores' energy (the sum of their squares) a plan takes away.</summary>
internal static class RemovedEnergy
{
    /// <summary>The share, 0 to 1, of what really goes, after tied layers were merged and floors kept.</summary>
    public static double Of(ImmutableArray<MemberScores> scores, PruningPlan plan)
    {
        double all = 0;
        double removed = 0;
        foreach (MemberScores score in scores)
        {
            bool[] keep = plan.LiveOf(score.Member.Layer.Id);
            for (int i = 0; i < score.Values.Length; i++)
            {
                double energy = score.Values[i] * score.Values[i];
                all += energy;
                removed += keep[score.Member.Channels[i]] ? 0 : energy;
            }
        }

        return all == 0 ? 0 : removed / all;
    }
}
