namespace PluginPrune.EvaluatorLatency;

/// <summary>Quantiles of measured times.</summary>
internal static class Quantiles
{
    /// <summary>A quantile, on a straight line between the two values that it lies between.</summary>
    /// <param name="values">At least one.</param>
    /// <param name="share">0 to 1.</param>
    public static double Of(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }
}
