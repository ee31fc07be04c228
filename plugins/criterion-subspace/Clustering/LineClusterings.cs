namespace PluginPrune.CriterionSubspace.Clustering;

/// <summary>
/// k-means of numbers, exact. The best clusters are intervals of the sorted numbers, so that the best k of the first j come from
/// the best k - 1 of the first i (Wang and Song 2011, "Ckmeans.1d.dp"). The i grow with the j: the middle one halves the search for
/// the others, O(n log n) for each k (Gronlund et al. 2017, "Fast exact k-means, k-medians and Bregman divergence clustering in 1D").
/// </summary>
internal sealed class LineClusterings : IClusterings
{
    private readonly int[] _pointOf;

    // Of the different numbers in ascending order: how many, their sum and the sum of their squares up to each.
    private readonly double[] _count;
    private readonly double[] _sum;
    private readonly double[] _squares;

    // [k - 1][j]: where the last of k clusters of the points up to j begins.
    private readonly int[][] _begins;

    /// <param name="values">Finite numbers, at least one.</param>
    /// <param name="most">The most clusters; fewer where fewer numbers differ.</param>
    public LineClusterings(double[] values, int most)
    {
        int[] order = [.. Enumerable.Range(0, values.Length)];
        Array.Sort((double[])values.Clone(), order);
        _pointOf = new int[values.Length];
        int points = 0;
        for (int i = 0; i < order.Length; i++)
        {
            points += i == 0 || values[order[i]] != values[order[i - 1]] ? 1 : 0;
            _pointOf[order[i]] = points - 1;
        }

        _count = new double[points + 1];
        _sum = new double[points + 1];
        _squares = new double[points + 1];
        Accumulate(values, order);
        int clusters = Math.Min(most, points);
        _begins = new int[clusters][];
        Distortions = new double[clusters];
        Solve(points);
    }

    /// <inheritdoc />
    public double[] Distortions { get; }

    /// <inheritdoc />
    public int[] Of(int k)
    {
        int[] clusterOf = new int[_count.Length - 1];
        int end = clusterOf.Length - 1;
        for (int cluster = k - 1; cluster >= 0; cluster--)
        {
            int begin = _begins[cluster][end];
            clusterOf.AsSpan(begin, end - begin + 1).Fill(cluster);
            end = begin - 1;
        }

        return Array.ConvertAll(_pointOf, point => clusterOf[point]);
    }

    private void Accumulate(double[] values, int[] order)
    {
        // From their mean: squares of what all have in common would drown what they differ by.
        double mean = 0;
        foreach (int value in order)
        {
            mean += values[value] / order.Length;
        }

        foreach (int value in order)
        {
            int after = _pointOf[value] + 1;
            double offset = values[value] - mean;
            _count[after]++;
            _sum[after] += offset;
            _squares[after] += offset * offset;
        }

        for (int i = 1; i < _count.Length; i++)
        {
            _count[i] += _count[i - 1];
            _sum[i] += _sum[i - 1];
            _squares[i] += _squares[i - 1];
        }
    }

    private void Solve(int points)
    {
        double[] before = new double[points];
        double[] now = new double[points];
        for (int k = 1; k <= _begins.Length; k++)
        {
            _begins[k - 1] = new int[points];
            if (k == 1)
            {
                for (int last = 0; last < points; last++)
                {
                    now[last] = Cost(0, last);
                }
            }
            else
            {
                Fill(k - 1, before, now, (k - 1, points - 1), (k - 1, points - 1));
            }

            // Rounding must not make a curve rise that cannot.
            Distortions[k - 1] = k == 1 ? now[^1] : Math.Min(now[^1], Distortions[k - 2]);
            (before, now) = (now, before);
        }
    }

    /// <summary>The best last cluster for each last point of a range, where it begins within a range.</summary>
    private void Fill(int row, double[] before, double[] now, (int From, int To) lasts, (int From, int To) begins)
    {
        if (lasts.From > lasts.To)
        {
            return;
        }

        int middle = (lasts.From + lasts.To) / 2;
        double least = double.PositiveInfinity;
        int best = begins.From;
        for (int begin = begins.From; begin <= Math.Min(begins.To, middle); begin++)
        {
            double cost = before[begin - 1] + Cost(begin, middle);
            if (cost < least)
            {
                (least, best) = (cost, begin);
            }
        }

        now[middle] = least;
        _begins[row][middle] = best;
        Fill(row, before, now, (lasts.From, middle - 1), (begins.From, best));
        Fill(row, before, now, (middle + 1, lasts.To), (best, begins.To));
    }

    /// <summary>The sum of the squares of the distances of points to their mean.</summary>
    private double Cost(int first, int last)
    {
        if (first == last)
        {
            return 0;
        }

        double sum = _sum[last + 1] - _sum[first];
        return Math.Max(0, _squares[last + 1] - _squares[first] - (sum * sum / (_count[last + 1] - _count[first])));
    }
}
