using PluginPrune.CriterionSubspace.Features;

namespace PluginPrune.CriterionSubspace.Clustering;

/// <summary>The different filters of a layer as points, in the order of their contents.</summary>
internal static class FilterPoints
{
    /// <summary>Makes them.</summary>
    /// <param name="filters">The filters.</param>
    /// <param name="isNormalized">Whether each is brought to length 1; one of zeros stays.</param>
    /// <param name="pointOf">The point of each filter.</param>
    /// <param name="exponent">Points are filters divided by 2 to this, which costs no digit: their squares stay within a float.</param>
    public static float[][] Of(FilterBank filters, bool isNormalized, out int[] pointOf, out int exponent)
    {
        exponent = isNormalized ? 0 : Exponent(filters);
        double[] lengths = isNormalized ? filters.Values(FilterFeature.L2) : [];
        float[][] rows = new float[filters.Count][];
        for (int filter = 0; filter < rows.Length; filter++)
        {
            double scale = !isNormalized ? Math.ScaleB(1, exponent) : lengths[filter] == 0 ? 1 : lengths[filter];
            rows[filter] = new float[filters.Length];
            for (int i = 0; i < filters.Length; i++)
            {
                rows[filter][i] = (float)(filters[filter][i] / scale);
            }
        }

        int[] order = [.. Enumerable.Range(0, rows.Length)];
        Array.Sort(order, (left, right) => rows[left].AsSpan().SequenceCompareTo(rows[right]));
        pointOf = new int[rows.Length];
        var points = new List<float[]>();
        foreach (int filter in order)
        {
            if (points.Count == 0 || points[^1].AsSpan().SequenceCompareTo(rows[filter]) != 0)
            {
                points.Add(rows[filter]);
            }

            pointOf[filter] = points.Count - 1;
        }

        return [.. points];
    }

    private static int Exponent(FilterBank filters)
    {
        float largest = 0;
        for (int filter = 0; filter < filters.Count; filter++)
        {
            foreach (float weight in filters[filter])
            {
                largest = Math.Max(largest, Math.Abs(weight));
            }
        }

        return largest == 0 ? 0 : Math.ILogB(largest);
    }
}
