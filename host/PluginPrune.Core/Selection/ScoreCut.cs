using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;

namespace PluginPrune.Core.Selection;

/// <summary>Where, in the ranking of all scores or of each layer's, the line between going and staying runs.</summary>
internal abstract class ScoreCut
{
    public static ScoreCut Of(List<ScoredUnit> units, SelectionRule rule, PruningScope scope) => (scope, rule.Range) switch
    {
        _ when rule.HasOwnSets => new Place(rule),
        (PruningScope.Scripts, SelectionRange.Global) => new Threshold(units, rule),
        (PruningScope.Scripts, _) => new PerUnit(unit => new Threshold([unit], rule)),
        (_, SelectionRange.Global) => new Rank(units, rule),
        _ => new PerUnit(unit => new Rank([unit], rule)),
    };

    /// <summary>Fills the unit's mask.</summary>
    public abstract void Apply(ScoredUnit unit);

    /// <summary>The scores in ascending order, with or without those of elements that must not go.</summary>
    private static double[] Sorted(List<ScoredUnit> units, bool all)
    {
        int count = 0;
        double[] scores = new double[units.Sum(static unit => unit.Scores.Length)];
        foreach (ScoredUnit unit in units)
        {
            for (int i = 0; i < unit.Scores.Length; i++)
            {
                if (all || unit.MayGo(i))
                {
                    scores[count++] = unit.Scores[i];
                }
            }
        }

        Array.Resize(ref scores, count);
        Array.Sort(scores);
        return scores;
    }

    /// <summary>Exactly floor(p N) go, the lowest first, of equal scores the one that comes later in the network.</summary>
    private sealed class Rank : ScoreCut
    {
        private readonly Dictionary<ScoredUnit, bool[]> _dropped = [];

        public Rank(List<ScoredUnit> units, SelectionRule rule)
        {
            double[] sorted = Sorted(units, all: false);
            foreach (ScoredUnit unit in units)
            {
                _dropped.Add(unit, new bool[unit.Scores.Length]);
            }

            // In decimal: 0.29 of 100 is 29, not the 28.999999999999996 of binary fractions. What went in earlier rounds counts.
            int original = units.Sum(static unit => unit.OriginalMayGo);
            int count = Math.Clamp((int)((decimal)rule.Rate * original) - (original - sorted.Length), 0, sorted.Length);
            if (count > 0)
            {
                int below = count - 1;
                while (below > 0 && sorted[below - 1] == sorted[count - 1])
                {
                    below--;
                }

                DropUpTo(units, sorted[count - 1], atLast: count - below);
            }
        }

        public override void Apply(ScoredUnit unit)
        {
            bool[] dropped = _dropped[unit];
            for (int i = 0; i < dropped.Length; i++)
            {
                unit.Keeps[i] = !dropped[i];
            }
        }

        /// <summary>Drops all scores below the last one that goes, and as many of those equal to it as are left, from the end.</summary>
        private void DropUpTo(List<ScoredUnit> units, double last, int atLast)
        {
            for (int u = units.Count - 1; u >= 0; u--)
            {
                ScoredUnit unit = units[u];
                for (int i = unit.Scores.Length - 1; i >= 0; i--)
                {
                    if (unit.MayGo(i) && (unit.Scores[i] < last || (unit.Scores[i] == last && atLast-- > 0)))
                    {
                        _dropped[unit][i] = true;
                    }
                }
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
            double[] sorted = Sorted(units, all: true);
            int original = units.Sum(static unit => unit.OriginalCount);
            int rank = Math.Max(0, (int)(original * rule.Rate) - (original - sorted.Length));

            // The scripts crash at 1; here nothing reaches the threshold and the floors stay.
            _threshold = rank < sorted.Length ? sorted[rank] : double.PositiveInfinity;
            // Where earlier rounds took as much as this one asks for, nothing goes.
            _keepsThreshold = rule.KeepsThreshold || rule.Rate == 0 || (rank == 0 && original > sorted.Length);
        }

        public override void Apply(ScoredUnit unit)
        {
            for (int i = 0; i < unit.Keeps.Length; i++)
            {
                unit.Keeps[i] = unit.Scores[i] > _threshold || (_keepsThreshold && unit.Scores[i] == _threshold);
            }
        }
    }

    /// <summary>Scores are places in sets of the criterion's own, compared with the rate itself.</summary>
    private sealed class Place(SelectionRule rule) : ScoreCut
    {
        public override void Apply(ScoredUnit unit)
        {
            // In decimal: a place of 29 among 100 is within 0.29. What went in earlier rounds counts: less of what is left goes.
            int now = Enumerable.Range(0, unit.Scores.Length).Count(unit.MayGo);
            decimal rate = now == unit.OriginalMayGo ? (decimal)rule.Rate : 1 - ((1 - (decimal)rule.Rate) * unit.OriginalMayGo / Math.Max(1, now));
            for (int i = 0; i < unit.Keeps.Length; i++)
            {
                unit.Keeps[i] = !unit.MayGo(i) || (decimal)unit.Scores[i] > rate;
            }
        }
    }

    private sealed class PerUnit(Func<ScoredUnit, ScoreCut> cutOf) : ScoreCut
    {
        public override void Apply(ScoredUnit unit) => cutOf(unit).Apply(unit);
    }
}
