using PluginPrune.Contracts.Numerics;
using PluginPrune.CriterionSubspace.Features;

namespace PluginPrune.CriterionSubspace.Clustering;

/// <summary>
/// k-means of whole filters: Lloyd's iteration from beginnings drawn by k-means++ (Arthur and Vassilvitskii 2007), of which the best
/// counts. Filters are looked at in an order of their own contents, so that their places in the layer mean nothing; equal ones are one
/// point of more weight.
/// </summary>
internal sealed class FilterClusterings : IClusterings
{
    private readonly int[] _pointOf;
    private readonly int[][] _clusters;

    /// <param name="filters">The filters.</param>
    /// <param name="isNormalized">Whether only their directions count.</param>
    /// <param name="most">The most clusters; fewer where fewer filters differ.</param>
    /// <param name="restarts">How many beginnings are drawn for each number of clusters.</param>
    /// <param name="random">Draws them.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public FilterClusterings(FilterBank filters, bool isNormalized, int most, int restarts, SeededRandom random, CancellationToken cancellationToken)
    {
        float[][] rows = FilterPoints.Of(filters, isNormalized, out _pointOf, out int exponent);
        var points = new PointSet(rows, Weights(_pointOf, rows.Length), cancellationToken);
        int clusters = Math.Min(most, rows.Length);
        Distortions = new double[clusters];
        _clusters = new int[clusters][];
        for (int k = 1; k <= clusters; k++)
        {
            Lloyd? best = null;
            for (int attempt = 0; attempt < (k == 1 ? 1 : restarts); attempt++)
            {
                best = Better(best, new Lloyd(points, Beginnings.Draw(points, k, random), k), cancellationToken);
            }

            // One more from the best of one cluster less: more clusters are never worse.
            best = k == 1 ? best : Better(best, new Lloyd(points, Beginnings.Split(points, _clusters[k - 2], k), k), cancellationToken);
            _clusters[k - 1] = best!.Clusters;
            double distortion = Math.ScaleB(best.Distortion, 2 * exponent);
            Distortions[k - 1] = k == 1 ? distortion : Math.Min(distortion, Distortions[k - 2]);
        }
    }

    /// <inheritdoc />
    public double[] Distortions { get; }

    /// <inheritdoc />
    public int[] Of(int k) => Array.ConvertAll(_pointOf, point => _clusters[k - 1][point]);

    private static Lloyd Better(Lloyd? best, Lloyd other, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        other.Run();
        return best is null || other.Distortion < best.Distortion ? other : best;
    }

    private static double[] Weights(int[] pointOf, int points)
    {
        double[] weights = new double[points];
        foreach (int point in pointOf)
        {
            weights[point]++;
        }

        return weights;
    }
}
