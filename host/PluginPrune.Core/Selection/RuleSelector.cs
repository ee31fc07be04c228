using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Selection;

/// <summary>Turns scores into masks by a <see cref="SelectionRule"/>: the rate, each layer's floor, the coupling of tied layers.</summary>
internal static class RuleSelector
{
    /// <summary>Selects.</summary>
    /// <param name="context">The network.</param>
    /// <param name="scores">What a criterion thinks of its channels.</param>
    /// <param name="rule">How to choose.</param>
    /// <param name="original">How large layers were before earlier rounds of pruning; null where there were none.</param>
    public static ChannelMasks Select(PruningContext context, ImmutableArray<MemberScores> scores, SelectionRule rule, OriginalSizes? original = null)
    {
        List<ScoredUnit> units = Units(context, scores, rule);
        original?.Apply(units);
        Choose(units, rule, context.Scope);
        ILookup<int, ScoredUnit> unitsOf = units.ToLookup(static unit => unit.Group.Index);
        return new ChannelMasks(context.Groups.Select(group => Merge(group, [.. unitsOf[group.Index]], rule, context.Scope, scores)));
    }

    /// <summary>Selects of one group as if no other were there.</summary>
    /// <param name="context">The network.</param>
    /// <param name="group">The group.</param>
    /// <param name="scores">What a criterion thinks of its channels.</param>
    /// <param name="rule">How to choose.</param>
    public static ImmutableArray<bool> SelectOne(PruningContext context, ChannelGroup group, ImmutableArray<MemberScores> scores, SelectionRule rule)
    {
        List<ScoredUnit> units = Units(context, scores, rule);
        Choose(units, rule, context.Scope);
        return Merge(group, [.. units], rule, context.Scope, scores);
    }

    /// <summary>What takes part in the ranking, in the network's order, so that ties are broken by the place in the network.</summary>
    public static List<ScoredUnit> Units(PruningContext context, ImmutableArray<MemberScores> scores, SelectionRule rule)
    {
        var units = new List<ScoredUnit>();
        foreach (var ofGroup in scores.GroupBy(static score => score.Group))
        {
            ChannelGroup group = ofGroup.Key;
            MemberScores[] members = [.. ofGroup.OrderBy(score => context.Network.IndexOf(score.Member.Layer.Id))];
            if (group.IsLocked || (rule.Coupling == Coupling.Skip && group.IsTiedByAddition))
            {
                continue;
            }

            switch (rule.Coupling)
            {
                case Coupling.First:
                    units.AddRange(members.Take(1).Where(static score => score.Member.IsInScope).Select(ScoredUnit.OfMember));
                    break;
                case Coupling.Maximum or Coupling.Mean or Coupling.L2:
                    if (members.All(static score => score.Member.IsInScope))
                    {
                        units.Add(ScoredUnit.OfGroup(group, members, rule.Coupling));
                    }

                    break;
                default:
                    units.AddRange(members.Where(static score => score.Member.IsInScope).Select(ScoredUnit.OfMember));
                    break;
            }
        }

        units.Sort((left, right) => Place(left).CompareTo(Place(right)));
        return units;

        int Place(ScoredUnit unit) => context.Network.IndexOf(unit.Layer.Id);
    }

    private static void Choose(List<ScoredUnit> units, SelectionRule rule, PruningScope scope)
    {
        var cut = ScoreCut.Of(units, rule, scope);
        foreach (ScoredUnit unit in units)
        {
            unit.Choose(cut, rule.LayerKeep, asScripts: scope == PruningScope.Scripts);
        }
    }

    private static ImmutableArray<bool> Merge(
        ChannelGroup group, ScoredUnit[] units, SelectionRule rule, PruningScope scope, ImmutableArray<MemberScores> scores)
    {
        bool[] keep = new bool[group.Size];

        // A layer that is out of scope keeps everything, and what is tied to it stays with it, unless another layer decides.
        bool isHeldBack = scope == PruningScope.Scripts && rule.Coupling != Coupling.First
            && scores.Any(score => score.Group == group && !score.Member.IsInScope);
        if (units.Length == 0 || isHeldBack)
        {
            Array.Fill(keep, true);
            return [.. keep];
        }

        bool isIntersection = rule.Coupling == Coupling.Intersection;
        bool[] judged = new bool[group.Size];
        if (isIntersection)
        {
            Array.Fill(keep, true);
        }

        foreach (ScoredUnit unit in units)
        {
            for (int i = 0; i < unit.Elements.Length; i++)
            {
                int element = unit.Elements[i];
                judged[element] = true;
                keep[element] = isIntersection ? keep[element] && unit.Keeps[i] : keep[element] || unit.Keeps[i];
            }
        }

        for (int element = 0; element < keep.Length; element++)
        {
            // What nobody judged, or must not go, stays.
            keep[element] |= !judged[element] || group.LockOf(element) is not null;
        }

        return [.. keep];
    }
}
