namespace PluginPrune.Core.Training.Logs;

/// <summary>Numbers as TensorBoard draws them: counts between limits that grow by a tenth, alike on both sides of 0.</summary>
internal sealed class Histogram
{
    private const double Smallest = 1e-12;
    private const double Largest = 1e20;
    private const double Growth = 1.1;

    private static readonly double[] AllLimits = MakeLimits();

    private Histogram(IReadOnlyList<double> limits, IReadOnlyList<double> counts) => (Limits, Counts) = (limits, counts);

    public double Minimum { get; private init; }

    public double Maximum { get; private init; }

    public double Count { get; private init; }

    public double Sum { get; private init; }

    public double SumOfSquares { get; private init; }

    /// <summary>The upper limit of each bucket, rising; buckets without numbers at both ends are left out.</summary>
    public IReadOnlyList<double> Limits { get; }

    /// <summary>How many numbers each bucket has.</summary>
    public IReadOnlyList<double> Counts { get; }

    public static Histogram Of(ReadOnlySpan<float> numbers)
    {
        double[] counts = new double[AllLimits.Length];
        double minimum = double.PositiveInfinity;
        double maximum = double.NegativeInfinity;
        double sum = 0;
        double squares = 0;
        foreach (float number in numbers)
        {
            minimum = Math.Min(minimum, number);
            maximum = Math.Max(maximum, number);
            sum += number;
            squares += (double)number * number;
            int at = Array.BinarySearch(AllLimits, number);
            counts[Math.Min(at >= 0 ? at : ~at, counts.Length - 1)]++;
        }

        int first = Math.Max(0, Array.FindIndex(counts, static count => count > 0) - 1);
        int last = Math.Max(first, Array.FindLastIndex(counts, static count => count > 0));
        return new Histogram(AllLimits[first..(last + 1)], counts[first..(last + 1)])
        {
            Minimum = numbers.IsEmpty ? 0 : minimum,
            Maximum = numbers.IsEmpty ? 0 : maximum,
            Count = numbers.Length,
            Sum = sum,
            SumOfSquares = squares,
        };
    }

    private static double[] MakeLimits()
    {
        var positive = new List<double>();
        for (double limit = Smallest; limit < Largest; limit *= Growth)
        {
            positive.Add(limit);
        }

        positive.Add(double.MaxValue);
        return [.. positive.AsEnumerable().Reverse().Select(static limit => -limit), 0, .. positive];
    }
}
