namespace PluginPrune.CriterionSubspace.Clustering;

/// <summary>The filters of one layer in 1, 2, 3 and more clusters.</summary>
internal interface IClusterings
{
    /// <summary>How far filters are from the means of their clusters, the sum of the squares: for k clusters at k - 1, falling.</summary>
    double[] Distortions { get; }

    /// <summary>The cluster of each filter, from 0 to k - 1; none is empty.</summary>
    /// <param name="k">1 up to as many as there are distortions.</param>
    int[] Of(int k);
}
