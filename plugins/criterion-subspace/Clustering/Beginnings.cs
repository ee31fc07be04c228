using PluginPrune.Contracts.Numerics;

namespace PluginPrune.CriterionSubspace.Clustering;

/// <summary>Clusters to begin with.</summary>
internal static class Beginnings
{
    /// <summary>k-means++: points that are the likelier drawn the farther they are from those drawn before, and with each its nearest.</summary>
    /// <param name="points">At least k, all different.</param>
    /// <param name="k">How many clusters.</param>
    /// <param name="random">Draws.</param>
    public static int[] Draw(PointSet points, int k, SeededRandom random)
    {
        int[] clusters = new int[points.Count];
        double[] distances = new double[points.Count];
        double[] chances = [.. points.Weights];
        for (int cluster = 0; cluster < k; cluster++)
        {
            int center = Draw(chances, random);
            for (int point = 0; point < points.Count; point++)
            {
                double distance = points.SquaredDistance(point, center);
                if (cluster == 0 || distance < distances[point])
                {
                    (distances[point], clusters[point]) = (distance, cluster);
                }

                chances[point] = distances[point] * points.Weights[point];
            }
        }

        return clusters;
    }

    /// <summary>Clusters, and one more of the point that is farthest from the mean of its own.</summary>
    /// <param name="points">The points.</param>
    /// <param name="clusters">The cluster of each, of k - 1.</param>
    /// <param name="k">How many clusters there are then.</param>
    public static int[] Split(PointSet points, int[] clusters, int k)
    {
        int[] split = [.. clusters];
        split[new Lloyd(points, clusters, k - 1).FindFarthest()] = k - 1;
        return split;
    }

    private static int Draw(double[] chances, SeededRandom random)
    {
        double sum = 0;
        foreach (double chance in chances)
        {
            sum += chance;
        }

        double drawn = random.NextDouble() * sum;
        int last = 0;
        for (int point = 0; point < chances.Length; point++)
        {
            if (chances[point] > 0)
            {
                last = point;
                drawn -= chances[point];
                if (drawn < 0)
                {
                    break;
                }
            }
        }

        return last;
    }
}
