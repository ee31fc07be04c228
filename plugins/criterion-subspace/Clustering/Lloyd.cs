using System.Numerics;
using System.Runtime.InteropServices;

namespace PluginPrune.CriterionSubspace.Clustering;

/// <summary>
/// Lloyd's iteration: every point goes to the nearest mean, until none moves. With G the inner products, a point i is from the mean of
/// the n weights w of cluster c by G_ii - 2 sum_c(w_l G_il) / n + sum_c(w_l w_m G_lm) / n².
/// </summary>
internal sealed class Lloyd
{
    private const int MostRounds = 200;

    private readonly PointSet _points;

    // [cluster][point]: the weighted sum of the point's inner products with the cluster's.
    private readonly double[][] _sums;
    private readonly double[] _weights;

    /// <param name="points">The points.</param>
    /// <param name="clusters">The cluster of each to begin with; one may be empty where points are as good as equal.</param>
    /// <param name="k">How many clusters.</param>
    public Lloyd(PointSet points, int[] clusters, int k)
    {
        _points = points;
        Clusters = [.. clusters];
        _weights = new double[k];
        _sums = new double[k][];
        for (int cluster = 0; cluster < k; cluster++)
        {
            _sums[cluster] = new double[points.Count];
        }

        for (int point = 0; point < points.Count; point++)
        {
            Add(point, clusters[point], points.Weights[point]);
        }
    }

    public int[] Clusters { get; }

    /// <summary>The sum of the squares of the distances to the means.</summary>
    public double Distortion
    {
        get
        {
            double[] lengths = SquaredLengths();
            double sum = 0;
            for (int point = 0; point < _points.Count; point++)
            {
                sum += _points.Weights[point] * Distance(point, Clusters[point], lengths);
            }

            return sum;
        }
    }

    public void Run()
    {
        bool moves = true;
        for (int round = 0; moves && round < MostRounds; round++)
        {
            FillEmpty();
            double[] lengths = SquaredLengths();
            int[] nearest = new int[_points.Count];
            for (int point = 0; point < nearest.Length; point++)
            {
                nearest[point] = Nearest(point, lengths);
            }

            moves = false;
            for (int point = 0; point < nearest.Length; point++)
            {
                if (nearest[point] != Clusters[point])
                {
                    Move(point, nearest[point]);
                    moves = true;
                }
            }
        }

        FillEmpty();
    }

    /// <summary>The point that is farthest from the mean of its cluster, of those that are not alone in it.</summary>
    public int FindFarthest()
    {
        double[] lengths = SquaredLengths();
        int farthest = 0;
        double most = double.NegativeInfinity;
        for (int point = 0; point < _points.Count; point++)
        {
            double distance = Distance(point, Clusters[point], lengths);
            if (distance > most && _weights[Clusters[point]] > _points.Weights[point])
            {
                (farthest, most) = (point, distance);
            }
        }

        return farthest;
    }

    private void FillEmpty()
    {
        for (int cluster = 0; cluster < _weights.Length; cluster++)
        {
            if (_weights[cluster] == 0)
            {
                Move(FindFarthest(), cluster);
            }
        }
    }

    /// <summary>The nearest mean; where it is nearer by no more than rounding, the point stays.</summary>
    private int Nearest(int point, double[] lengths)
    {
        int nearest = Clusters[point];
        double least = Distance(point, nearest, lengths) - (1e-12 * _points.SquaredLength(point));
        for (int cluster = 0; cluster < _weights.Length; cluster++)
        {
            double distance = Distance(point, cluster, lengths);
            if (distance < least)
            {
                (nearest, least) = (cluster, distance);
            }
        }

        return nearest;
    }

    private double Distance(int point, int cluster, double[] lengths) =>
        _weights[cluster] == 0 ? double.PositiveInfinity : Math.Max(0, _points.SquaredLength(point) - (2 * _sums[cluster][point] / _weights[cluster]) + lengths[cluster]);

    /// <summary>Of the means.</summary>
    private double[] SquaredLengths()
    {
        double[] lengths = new double[_weights.Length];
        for (int point = 0; point < _points.Count; point++)
        {
            lengths[Clusters[point]] += _points.Weights[point] * _sums[Clusters[point]][point];
        }

        for (int cluster = 0; cluster < lengths.Length; cluster++)
        {
            lengths[cluster] /= Math.Max(1, _weights[cluster] * _weights[cluster]);
        }

        return lengths;
    }

    private void Move(int point, int cluster)
    {
        Add(point, Clusters[point], -_points.Weights[point]);
        Add(point, cluster, _points.Weights[point]);
        Clusters[point] = cluster;
    }

    private void Add(int point, int cluster, double weight)
    {
        _weights[cluster] += weight;
        ReadOnlySpan<Vector<double>> products = MemoryMarshal.Cast<double, Vector<double>>(_points[point]);
        Span<Vector<double>> sums = MemoryMarshal.Cast<double, Vector<double>>(_sums[cluster].AsSpan());
        for (int i = 0; i < products.Length; i++)
        {
            sums[i] += weight * products[i];
        }

        for (int rest = products.Length * Vector<double>.Count; rest < _points.Count; rest++)
        {
            _sums[cluster][rest] += weight * _points[point][rest];
        }
    }
}
