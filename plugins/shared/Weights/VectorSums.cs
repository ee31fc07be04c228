using System.Numerics;

namespace PluginPrune.Shared.Weights;

/// <summary>
/// Sums over floats in double precision: no finite weights overflow them, and a filter's sum does not depend on where it lies.
/// </summary>
internal static class VectorSums
{
    /// <summary>The sum, signs included.</summary>
    public static double Of(ReadOnlySpan<float> values)
    {
        Vector<double> low = Vector<double>.Zero;
        Vector<double> high = Vector<double>.Zero;
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(values[i..]), out Vector<double> left, out Vector<double> right);
            low += left;
            high += right;
        }

        double sum = Vector.Sum(low + high);
        for (; i < values.Length; i++)
        {
            sum += values[i];
        }

        return sum;
    }

    /// <summary>The sum of the magnitudes.</summary>
    public static double OfMagnitudes(ReadOnlySpan<float> values)
    {
        Vector<double> low = Vector<double>.Zero;
        Vector<double> high = Vector<double>.Zero;
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(Vector.Abs(new Vector<float>(values[i..])), out Vector<double> left, out Vector<double> right);
            low += left;
            high += right;
        }

        double sum = Vector.Sum(low + high);
        for (; i < values.Length; i++)
        {
            sum += Math.Abs(values[i]);
        }

        return sum;
    }

    /// <summary>The sum of the squares.</summary>
    public static double OfSquares(ReadOnlySpan<float> values)
    {
        Vector<double> low = Vector<double>.Zero;
        Vector<double> high = Vector<double>.Zero;
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(values[i..]), out Vector<double> left, out Vector<double> right);
            low += left * left;
            high += right * right;
        }

        double sum = Vector.Sum(low + high);
        for (; i < values.Length; i++)
        {
            sum += (double)values[i] * values[i];
        }

        return sum;
    }

    /// <summary>The sum of the squares, each of which is also added to a sum of its own.</summary>
    /// <param name="values">The values.</param>
    /// <param name="columns">As many sums as values.</param>
    public static double OfSquares(ReadOnlySpan<float> values, Span<double> columns)
    {
        Vector<double> low = Vector<double>.Zero;
        Vector<double> high = Vector<double>.Zero;
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(values[i..]), out Vector<double> left, out Vector<double> right);
            left *= left;
            right *= right;
            low += left;
            high += right;
            Span<double> sums = columns[i..];
            (new Vector<double>(sums) + left).CopyTo(sums);
            sums = sums[Vector<double>.Count..];
            (new Vector<double>(sums) + right).CopyTo(sums);
        }

        double sum = Vector.Sum(low + high);
        for (; i < values.Length; i++)
        {
            double square = (double)values[i] * values[i];
            columns[i] += square;
            sum += square;
        }

        return sum;
    }
}
