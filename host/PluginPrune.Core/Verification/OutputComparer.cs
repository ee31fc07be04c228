using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Verification;

/// <summary>Compares outputs, with the border apart: folded constants are exact inside and not where zero padding is seen.</summary>
internal static class OutputComparer
{
    public static OutputDifference Compare(ImmutableArray<Batch<float>> reference, ImmutableArray<Batch<float>> other)
    {
        var inner = default(Sum);
        var border = default(Sum);
        double largest = 0;
        double varying = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            varying += Variation(reference[i]);
            (Sum innerOf, Sum borderOf, double worst, double magnitude) = Compare(reference[i], other[i]);
            inner += innerOf;
            border += borderOf;
            largest = Math.Max(largest, Ratio(worst, magnitude));
        }

        Sum all = inner + border;
        return new OutputDifference
        {
            Largest = largest,
            Overall = all.Root,
            OfWhatVaries = varying == 0 ? null : Math.Sqrt(all.Difference / varying),
            Inner = inner.Count == 0 ? null : inner.Root,
            Border = border.Count == 0 ? null : border.Root,
        };
    }

    private static (Sum Inner, Sum Border, double Worst, double Magnitude) Compare(Batch<float> reference, Batch<float> other)
    {
        Shape shape = reference.Shape;
        var inner = default(Sum);
        var border = default(Sum);
        double worst = 0;
        double magnitude = 0;
        for (int i = 0; i < reference.Elements.Length; i++)
        {
            double wanted = reference.Elements[i];
            double difference = other.Elements[i] - wanted;

            // A NaN on either side must not pass for equality.
            worst = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(worst, Math.Abs(difference));
            magnitude = Math.Max(magnitude, Math.Abs(wanted));
            if (IsOnBorder(shape, i))
            {
                border = border.Add(wanted, difference);
            }
            else
            {
                inner = inner.Add(wanted, difference);
            }
        }

        return (inner, border, worst, magnitude);
    }

    /// <summary>The sum of the squares of each channel's deviations from its mean over the places.</summary>
    private static double Variation(Batch<float> output)
    {
        int places = output.Shape.ElementsPerChannel;
        double sum = 0;
        for (int first = 0; first < output.Elements.Length; first += places)
        {
            ReadOnlySpan<float> channel = output.Elements.AsSpan(first, places);
            double mean = 0;
            foreach (float value in channel)
            {
                mean += value;
            }

            mean /= places;
            foreach (float value in channel)
            {
                sum += (value - mean) * (value - mean);
            }
        }

        return sum;
    }

    private static bool IsOnBorder(Shape shape, int index)
    {
        int x = index % shape.Width;
        int y = index / shape.Width % shape.Height;
        int ringWidth = shape.Width / 4;
        int ringHeight = shape.Height / 4;
        return x < ringWidth || x >= shape.Width - ringWidth || y < ringHeight || y >= shape.Height - ringHeight;
    }

    private static double Ratio(double part, double whole) => part == 0 ? 0 : part / whole;

    private readonly record struct Sum(long Count, double Reference, double Difference)
    {
        public double Root => Ratio(Math.Sqrt(Difference), Math.Sqrt(Reference));

        public static Sum operator +(Sum left, Sum right) =>
            new(left.Count + right.Count, left.Reference + right.Reference, left.Difference + right.Difference);

        public Sum Add(double wanted, double difference) =>
            new(Count + 1, Reference + (wanted * wanted), Difference + (difference * difference));
    }
}
