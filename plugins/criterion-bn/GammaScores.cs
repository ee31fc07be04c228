using PluginPrune.Contracts.Groups;

namespace PluginPrune.CriterionBn;

/// <summary>Scores channels by the magnitude of their batch norm's scale (Liu et al. 2017, section 3).</summary>
internal static class GammaScores
{
    /// <summary>|gamma| of each of the member's channels; null where it has no batch norm.</summary>
    public static double[]? Of(GroupMember member)
    {
        if (member.Norm is not { } norm)
        {
            return null;
        }

        ReadOnlySpan<float> gamma = norm.Gamma.Floats;
        double[] scores = new double[member.Channels.Length];
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = Math.Abs(gamma[member.Channels[i]]);
        }

        return scores;
    }
}
