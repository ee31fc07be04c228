using System.Numerics;
using PluginPrune.Contracts.Engines;

namespace PluginPrune.Core.Training;

/// <summary>
/// How far an inner value of a network is from the teacher's at as many places. With as many channels it is the mean squared difference of
/// all elements (Romero et al. 2015, equation 3, without a regressor). With more or fewer it is attention transfer (Zagoruyko and
/// Komodakis 2017, equation 2), which needs no learned adapter: where a network looks is the sum of its channels' squares at each
/// place, divided by the Euclidean norm of these sums; the loss is the squared distance of both maps, 0 to 2, as a mean over pictures.
/// </summary>
public static class FeatureLoss
{
    // A picture on which nothing is active looks nowhere: its map stays 0 instead of becoming 0 / 0.
    private const double LeastNorm = 1e-12;

    /// <summary>Computes it.</summary>
    /// <typeparam name="T">The precision: float or double. Sums are taken in double.</typeparam>
    /// <param name="values">The student's value, [channels, height, width].</param>
    /// <param name="teacher">The teacher's, of the same pictures and places.</param>
    /// <param name="gain">What it counts.</param>
    /// <param name="gradient">Receives the derivative by each element of the student's value.</param>
    /// <returns>The loss times its gain.</returns>
    /// <exception cref="ArgumentException">Pictures or places are not as many.</exception>
    public static double Compute<T>(Batch<T> values, Batch<T> teacher, double gain, Batch<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(teacher);
        ArgumentNullException.ThrowIfNull(gradient);
        if (values.Size != teacher.Size || values.Shape.WithChannels(1) != teacher.Shape.WithChannels(1))
        {
            throw new ArgumentException($"The student's value is {values.Size} x {values.Shape}, the teacher's {teacher.Size} x {teacher.Shape}; only channels may differ.", nameof(teacher));
        }

        double loss = 0;
        double each = gain / values.Size;
        for (int i = 0; i < values.Size; i++)
        {
            loss += values.Shape == teacher.Shape
                ? Square<T>(values[i], teacher[i], each / values.Shape.Count, gradient[i])
                : Attend<T>(values[i], teacher[i], values.Shape.ElementsPerChannel, each, gradient[i]);
        }

        return loss;
    }

    private static double Square<T>(ReadOnlySpan<T> values, ReadOnlySpan<T> teacher, double scale, Span<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double difference = double.CreateTruncating(values[i]) - double.CreateTruncating(teacher[i]);
            sum += difference * difference;
            gradient[i] = T.CreateTruncating(2 * scale * difference);
        }

        return scale * sum;
    }

    private static double Attend<T>(ReadOnlySpan<T> values, ReadOnlySpan<T> teacher, int places, double scale, Span<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] map = new double[places];
        double[] wanted = new double[places];
        double norm = Map(values, map);
        Map(teacher, wanted);

        // With q = a / |a| and L = |q - w|^2: dL/da = 2 ((q - w) - ((q - w) . q) q) / |a|, and da/dx = 2 x.
        double loss = 0;
        double along = 0;
        for (int i = 0; i < places; i++)
        {
            double difference = map[i] - wanted[i];
            loss += difference * difference;
            along += difference * map[i];
        }

        double slope = 4 * scale / norm;
        for (int i = 0; i < places; i++)
        {
            wanted[i] = slope * (map[i] - wanted[i] - (along * map[i]));
        }

        for (int first = 0; first < values.Length; first += places)
        {
            for (int i = 0; i < places; i++)
            {
                gradient[first + i] = T.CreateTruncating(wanted[i] * double.CreateTruncating(values[first + i]));
            }
        }

        return scale * loss;
    }

    private static double Map<T>(ReadOnlySpan<T> values, double[] map)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int first = 0; first < values.Length; first += map.Length)
        {
            for (int i = 0; i < map.Length; i++)
            {
                double value = double.CreateTruncating(values[first + i]);
                map[i] += value * value;
            }
        }

        double square = 0;
        foreach (double sum in map)
        {
            square += sum * sum;
        }

        double norm = Math.Max(Math.Sqrt(square), LeastNorm);
        for (int i = 0; i < map.Length; i++)
        {
            map[i] /= norm;
        }

        return norm;
    }
}
