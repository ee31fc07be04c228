using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Analysis;

namespace PluginPrune.Core.Selection;

/// <summary>
/// How many scores the layers of a network had before earlier rounds of pruning: rates and floors are shares of those. Layers that
/// have gone as a whole are not counted.
/// </summary>
internal sealed class OriginalSizes
{
    private readonly Dictionary<(string Layer, int Ordinal), (int All, int MayGo)> _sizes = [];

    /// <param name="original">The network before the first round.</param>
    /// <param name="context">The network of this round.</param>
    /// <param name="scores">Its scores: which layers take part.</param>
    /// <param name="rule">How tied layers agree.</param>
    public OriginalSizes(Network original, PruningContext context, ImmutableArray<MemberScores> scores, SelectionRule rule)
    {
        NetworkAnalysis analysis = NetworkAnalysis.Of(original, context.Scope);
        var scored = scores.Select(static score => score.Member.Layer.Id).ToHashSet(StringComparer.Ordinal);
        ImmutableArray<MemberScores> places =
        [
            .. analysis.Groups.SelectMany(static group => group.Members, static (group, member) => (Group: group, Member: member))
                .Where(place => scored.Contains(place.Member.Layer.Id))
                .Select(static place => new MemberScores(place.Group, place.Member, new double[place.Member.Channels.Length])),
        ];
        var whole = new PruningContext(original, analysis.Groups, context.Services) { Scope = context.Scope, Seed = context.Seed };
        foreach ((ScoredUnit unit, int ordinal) in Numbered(RuleSelector.Units(whole, places, rule)))
        {
            _sizes[(unit.Layer.Id, ordinal)] = (unit.Scores.Length, Enumerable.Range(0, unit.Scores.Length).Count(unit.MayGo));
        }
    }

    /// <summary>Tells units how large they were.</summary>
    public void Apply(List<ScoredUnit> units)
    {
        foreach ((ScoredUnit unit, int ordinal) in Numbered(units))
        {
            if (_sizes.TryGetValue((unit.Layer.Id, ordinal), out (int All, int MayGo) size))
            {
                (unit.OriginalCount, unit.OriginalMayGo) = size;
            }
        }
    }

    /// <summary>A layer whose channels belong to several groups makes several units; their order tells them apart.</summary>
    private static IEnumerable<(ScoredUnit Unit, int Ordinal)> Numbered(List<ScoredUnit> units) =>
        units.GroupBy(static unit => unit.Layer.Id, StringComparer.Ordinal).SelectMany(static layer => layer.OrderBy(static unit => unit.Group.Index).Select(static (unit, ordinal) => (unit, ordinal)));
}
