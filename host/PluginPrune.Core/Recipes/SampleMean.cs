namespace PluginPrune.Core.Recipes;

/// <summary>The mean of repetitions and how uncertain it is.</summary>
/// <param name="Mean">The mean; NaN where there is no value.</param>
/// <param name="StandardError">
/// The standard error of the mean: the standard deviation, estimated with n - 1, over the root of n. NaN for fewer than two values.
/// </param>
/// <param name="Count">How many values there are.</param>
public readonly record struct SampleMean(double Mean, double StandardError, int Count)
{
    /// <summary>Of values.</summary>
    /// <param name="values">The values; those that are no finite numbers are left out.</param>
    public static SampleMean Of(IEnumerable<double> values)
    {
        double[] known = [.. values.Where(double.IsFinite)];
        if (known.Length == 0)
        {
            return new SampleMean(double.NaN, double.NaN, 0);
        }

        // Around the first value: repetitions that agree have a variance of exactly 0, whatever rounding does to their sum.
        double mean = known[0] + (known.Sum(value => value - known[0]) / known.Length);
        double squares = known.Sum(value => (value - mean) * (value - mean));
        double error = known.Length < 2 ? double.NaN : Math.Sqrt(squares / (known.Length - 1) / known.Length);
        return new SampleMean(mean, error, known.Length);
    }
}
