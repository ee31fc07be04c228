namespace PluginPrune.CriterionSubspace;

/// <summary>The places of filters in their clusters.</summary>
internal static class ClusterPlaces
{
    /// <summary>r / n for the filter with the r-th lowest weight of a cluster's n; of equal ones the higher index is lower.</summary>
    /// <param name="clusters">The cluster of each filter.</param>
    /// <param name="weights">The weight of each.</param>
    /// <param name="k">How many clusters there are.</param>
    public static double[] Of(int[] clusters, double[] weights, int k)
    {
        int[] sizes = new int[k];
        foreach (int cluster in clusters)
        {
            sizes[cluster]++;
        }

        int[] order = [.. Enumerable.Range(0, clusters.Length)];
        Array.Sort(order, (left, right) => weights[left] != weights[right] ? weights[left].CompareTo(weights[right]) : right.CompareTo(left));
        int[] ranks = new int[k];
        double[] places = new double[clusters.Length];
        foreach (int filter in order)
        {
            int cluster = clusters[filter];
            places[filter] = (double)++ranks[cluster] / sizes[cluster];
        }

        return places;
    }
}
