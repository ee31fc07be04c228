using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;

namespace PluginPrune.Core.Selection;

/// <summary>Where, in the ranking of all scores or of each layer's, the line between going and staying runs.</summary>
internal abstract class ScoreCut
{
    public static ScoreCut Of(List<ScoredUnit> units, SelectionRule rule, PruningScope scope) => (scope, rule.Range) switch
    {
        (PruningScope.Scripts, SelectionRange.Global) => new Threshold(units, rule),
        (PruningScope.Scripts, _) => new PerUnit(unit => new Threshold([unit], rule)),
        (_, SelectionRange.Global) => new Rank(units, rule),
        _ => new PerUnit(unit => new Rank([unit], rule)),
    };

    /// <summary>Fills the unit's mask.</summary>
    public abstract void Apply(ScoredUnit unit);

    /// <summary>Exactly floor(p N) go, the lowest first, of equal scores the one that comes later in the network.</summary>
    private sealed class Rank : ScoreCut
    {
        private readonly HashSet<(ScoredUnit Unit, int Index)> _dropped;

        public Rank(List<ScoredUnit> units, SelectionRule rule)
        {
            (double Score, int Place, ScoredUnit Unit, int Index)[] all =
            [
                .. units
                    .SelectMany(static unit => Enumerable.Range(0, unit.Scores.Length).Where(unit.MayGo), static (unit, index) => (unit, index))
                    .Select(static (pair, place) => (pair.unit.Scores[pair.index], place, pair.unit, pair.index)),
            ];
            Array.Sort(all, static (left, right) =>
                left.Score != right.Score ? left.Score.CompareTo(right.Score) : right.Place.CompareTo(left.Place));

            // In decimal: 0.29 of 100 is 29, not the 28.999999999999996 of binary fractions.
            int count = (int)((decimal)rule.Rate * all.Length);
            _dropped = [.. all.Take(count).Select(static entry => (entry.Unit, entry.Index))];
        }

        public override void Apply(ScoredUnit unit)
        {
            for (int i = 0; i < unit.Keeps.Length; i++)
            {
                unit.Keeps[i] = !_dropped.Contains((unit, i));
            }
        }
    }

    /// <summary>The comparison of the published Python scripts: all scores against the one at rank int(N p).</summary>
    private sealed class Threshold : ScoreCut
    {
        private readonly double _threshold;
        private readonly bool _keepsThreshold;

        public Threshold(List<ScoredUnit> units, SelectionRule rule)
        {
            double[] sorted = [.. units.SelectMany(static unit => unit.Scores)];
            Array.Sort(sorted);
            int rank = (int)(sorted.Length * rule.Rate);

            // The scripts crash at 1; here nothing reaches the threshold and the floors stay.
            _threshold = rank < sorted.Length ? sorted[rank] : double.PositiveInfinity;
            _keepsThreshold = rule.KeepsThreshold || rule.Rate == 0;
        }

        public override void Apply(ScoredUnit unit)
        {
            for (int i = 0; i < unit.Keeps.Length; i++)
            {
                unit.Keeps[i] = unit.Scores[i] > _threshold || (_keepsThreshold && unit.Scores[i] == _threshold);
            }
        }
    }

    private sealed class PerUnit(Func<ScoredUnit, ScoreCut> cutOf) : ScoreCut
    {
        public override void Apply(ScoredUnit unit) => cutOf(unit).Apply(unit);
    }
}
