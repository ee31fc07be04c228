namespace PluginPrune.Core.Data.Checking;

/// <summary>How numbers are distributed; all 0 where there are none.</summary>
/// <param name="Minimum">The least.</param>
/// <param name="Lower">A tenth is not above it.</param>
/// <param name="Median">Half is not above it.</param>
/// <param name="Upper">Nine tenths are not above it.</param>
/// <param name="Maximum">The largest.</param>
/// <param name="Mean">The arithmetic mean.</param>
public readonly record struct Quantiles(double Minimum, double Lower, double Median, double Upper, double Maximum, double Mean)
{
    /// <summary>The quantiles of some numbers: each is one of them (nearest rank).</summary>
    /// <param name="numbers">In any order.</param>
    public static Quantiles Of(IEnumerable<double> numbers)
    {
        double[] sorted = [.. numbers.Order()];
        return sorted.Length == 0 ? default : new Quantiles(sorted[0], At(0.1), At(0.5), At(0.9), sorted[^1], sorted.Average());

        double At(double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }
}
