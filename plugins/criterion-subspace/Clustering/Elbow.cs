namespace PluginPrune.CriterionSubspace.Clustering;

/// <summary>
/// Where a falling curve flattens: the place with the largest distance to the chord between its ends. Which axis is stretched how
/// much does not matter: all distances to one line grow by one factor.
/// </summary>
internal static class Elbow
{
    // Curves that are as straight as rounding lets them be have none.
    private const double Least = 1e-9;

    /// <summary>Finds it.</summary>
    /// <param name="distortions">For k clusters at k - 1; behind the last no filter is away from its mean.</param>
    /// <returns>The number of clusters; the smaller of equals, 1 where nothing is gained by more.</returns>
    public static int Find(ReadOnlySpan<double> distortions)
    {
        double first = distortions[0];

        // Two that differ are in two clusters, which no chord from the one to the other shows: the curve goes on at 0.
        int end = Math.Max(3, distortions.Length);
        double last = distortions.Length < 3 ? 0 : distortions[^1];
        int elbow = 1;
        double largest = Least * first;
        for (int k = 2; k < end; k++)
        {
            double chord = first + ((last - first) * (k - 1) / (end - 1));
            double below = chord - (k <= distortions.Length ? distortions[k - 1] : 0);
            if (below > largest + (Least * first))
            {
                (elbow, largest) = (k, below);
            }
        }

        return elbow;
    }
}
