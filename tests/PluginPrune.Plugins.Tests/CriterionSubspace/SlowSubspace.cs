namespace PluginPrune.Plugins.Tests.CriterionSubspace;

/// <summary>What the criterion does, as slowly and plainly as it can be said: every way to put filters into clusters is tried.</summary>
internal static class SlowSubspace
{
    /// <summary>The best clusters of points for k = 1, 2, ... most, or fewer where fewer points differ, by trying all k^n.</summary>
    public static List<(int[] Clusters, double Distortion)> Cluster(double[][] points, int most)
    {
        int different = points.Select(static point => string.Join(' ', point)).Distinct(StringComparer.Ordinal).Count();
        return [.. Enumerable.Range(1, Math.Min(most, different)).Select(k => Best(points, k))];
    }

    /// <summary>The k whose point of the curve is farthest from the line through its ends, by the formula for points and lines.</summary>
    public static int Elbow(IReadOnlyList<double> distortions)
    {
        // Behind the last, nothing is away from its mean.
        double[] curve = [.. distortions.Concat(Enumerable.Repeat(0.0, Math.Max(0, 3 - distortions.Count)))];
        (double x1, double y1, double x2, double y2) = (1, curve[0], curve.Length, curve[^1]);
        double[] distances =
        [
            .. curve.Select((y, i) => y1 == y2 ? 0 : (((x2 - x1) * (y1 - y)) - ((x1 - (i + 1)) * (y2 - y1))) / Math.Sqrt(((x2 - x1) * (x2 - x1)) + ((y2 - y1) * (y2 - y1))))
        ];
        double largest = distances.Max();
        return largest <= 0 ? 1 : Array.FindIndex(distances, distance => distance >= largest * (1 - 1e-9)) + 1;
    }

    /// <summary>For each filter the share of its cluster that goes before it, and with it.</summary>
    public static double[] Places(int[] clusters, double[] weights) =>
    [
        .. Enumerable.Range(0, weights.Length).Select(filter =>
        {
            int[] cluster = [.. Enumerable.Range(0, weights.Length).Where(other => clusters[other] == clusters[filter])];
            int rank = cluster.Count(other => weights[other] < weights[filter] || (weights[other] == weights[filter] && other >= filter));
            return (double)rank / cluster.Length;
        }),
    ];

    public static double Distortion(double[][] points, int[] clusters) => clusters.Distinct().Sum(cluster =>
    {
        double[][] own = [.. points.Where((_, i) => clusters[i] == cluster)];
        double[] mean = Mean(own);
        return own.Sum(point => SquaredDistance(point, mean));
    });

    /// <summary>Lloyd's iteration as in any book, from means that are drawn among the points.</summary>
    public static double Lloyd(double[][] points, int k, Random random)
    {
        double[][] means = [.. points.OrderBy(_ => random.Next()).Take(k)];
        int[] clusters = [];
        while (true)
        {
            int[] nearest = [.. points.Select(point => Enumerable.Range(0, k).MinBy(cluster => SquaredDistance(point, means[cluster])))];
            if (nearest.SequenceEqual(clusters))
            {
                return Distortion(points, clusters);
            }

            clusters = nearest;
            means = [.. means.Select((mean, cluster) => clusters.Contains(cluster) ? Mean([.. points.Where((_, i) => clusters[i] == cluster)]) : mean)];
        }
    }

    private static (int[] Clusters, double Distortion) Best(double[][] points, int k)
    {
        (int[] Clusters, double Distortion) best = ([], double.PositiveInfinity);
        int ways = (int)Math.Pow(k, points.Length);
        for (int way = 0; way < ways; way++)
        {
            int[] clusters = new int[points.Length];
            for (int i = 0, rest = way; i < clusters.Length; i++, rest /= k)
            {
                clusters[i] = rest % k;
            }

            double distortion = Distortion(points, clusters);
            if (distortion < best.Distortion)
            {
                best = (clusters, distortion);
            }
        }

        return best;
    }

    private static double[] Mean(double[][] points) => [.. points[0].Select((_, i) => points.Average(point => point[i]))];

    private static double SquaredDistance(double[] one, double[] other) => one.Zip(other, static (a, b) => (a - b) * (a - b)).Sum();
}
