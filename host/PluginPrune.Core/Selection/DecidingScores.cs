using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;

namespace PluginPrune.Core.Selection;

/// <summary>Which scores decide: under some couplings tied layers do not, and count in no forecast.</summary>
internal static class DecidingScores
{
    /// <summary>The scores of which the rate is a share: where tied layers are left alone, or follow one of them, theirs do not count.</summary>
    public static ImmutableArray<MemberScores> Of(ImmutableArray<MemberScores> scores, Coupling coupling) => coupling switch
    {
        Coupling.Skip => [.. scores.Where(static score => !score.Group.IsTiedByAddition)],
        Coupling.First => [.. scores.GroupBy(static score => score.Group.Index).Select(static group => group.MinBy(static score => score.Group.Members.IndexOf(score.Member))!)],
        _ => scores,
    };
}
