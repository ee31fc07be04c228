using System.Numerics;
using System.Runtime.InteropServices;

namespace PluginPrune.Core.Statistics;

/// <summary>Reductions of one channel of one picture, in double precision.</summary>
internal static class ChannelKernels
{
    /// <summary>The sum, of the elements, their squares or their absolute values.</summary>
    /// <param name="elements">The elements.</param>
    /// <param name="power">1 for the elements, 2 for squares, 0 for absolute values.</param>
    public static double Sum(ReadOnlySpan<float> elements, int power)
    {
        // Four sums that do not wait for each other.
        Vector<double> low = Vector<double>.Zero, high = Vector<double>.Zero;
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(elements);
        foreach (Vector<float> vector in vectors)
        {
            Vector.Widen(power == 0 ? Vector.Abs(vector) : vector, out Vector<double> first, out Vector<double> second);
            low += power == 2 ? first * first : first;
            high += power == 2 ? second * second : second;
        }

        double sum = Vector.Sum(low + high);
        foreach (float element in elements[(vectors.Length * Vector<float>.Count)..])
        {
            sum += power switch { 2 => (double)element * element, 0 => Math.Abs(element), _ => element };
        }

        return sum;
    }

    /// <summary>How many elements are 0.</summary>
    public static int CountZeros(ReadOnlySpan<float> elements)
    {
        Vector<int> count = Vector<int>.Zero;
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(elements);
        foreach (Vector<float> vector in vectors)
        {
            // Equal lanes are -1.
            count -= Vector.Equals(vector, Vector<float>.Zero);
        }

        int zeros = Vector.Sum(count);
        foreach (float element in elements[(vectors.Length * Vector<float>.Count)..])
        {
            zeros += element == 0 ? 1 : 0;
        }

        return zeros;
    }

    /// <summary>The largest element; NaN where there is one.</summary>
    public static double Maximum(ReadOnlySpan<float> elements)
    {
        float largest = float.NegativeInfinity;
        foreach (float element in elements)
        {
            largest = MathF.Max(largest, element);
        }

        return largest;
    }
}
