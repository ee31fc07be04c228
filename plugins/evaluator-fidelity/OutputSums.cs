using System.Runtime.InteropServices;

namespace PluginPrune.EvaluatorFidelity;

/// <summary>Sums over the elements of raw outputs, of which all figures are made.</summary>
/// <param name="Difference">Of the squared differences.</param>
/// <param name="Reference">Of the reference's squares.</param>
/// <param name="Other">Of the other's squares.</param>
/// <param name="Product">Of the products.</param>
/// <param name="Variation">Of the squared deviations of the reference's channels from their means over the places of a picture.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct OutputSums(double Difference, double Reference, double Other, double Product, double Variation)
{
    /// <summary>L2 norm of the difference over that of the reference; infinite where the other is not a number.</summary>
    public double Error => Ratio(Difference, Reference);

    /// <summary>L2 norm of the difference over that of what varies over the picture.</summary>
    public double ErrorOfWhatVaries => Ratio(Difference, Variation);

    /// <summary>The cosine of the angle between both, -1 to 1; 1 where both are 0.</summary>
    public double Cosine => double.IsNaN(Product) || double.IsInfinity(Other) ? double.NaN
        : Reference == 0 && Other == 0 ? 1
        : Reference == 0 || Other == 0 ? 0
        : Math.Clamp(Product / Math.Sqrt(Reference * Other), -1, 1);

    public static OutputSums operator +(OutputSums left, OutputSums right) => new(
        left.Difference + right.Difference,
        left.Reference + right.Reference,
        left.Other + right.Other,
        left.Product + right.Product,
        left.Variation + right.Variation);

    /// <summary>Compares the values of a picture.</summary>
    /// <param name="reference">The reference's elements, channel by channel.</param>
    /// <param name="other">The other's.</param>
    /// <param name="places">Elements of a channel.</param>
    public static OutputSums Of(ReadOnlySpan<float> reference, ReadOnlySpan<float> other, int places)
    {
        var sums = default(OutputSums);
        for (int first = 0; first < reference.Length; first += places)
        {
            sums += OfChannel(reference.Slice(first, places), other.Slice(first, places));
        }

        return sums;
    }

    private static OutputSums OfChannel(ReadOnlySpan<float> reference, ReadOnlySpan<float> other)
    {
        double difference = 0;
        double squares = 0;
        double otherSquares = 0;
        double product = 0;
        double sum = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            double wanted = reference[i];
            double found = other[i];
            difference += (found - wanted) * (found - wanted);
            squares += wanted * wanted;
            otherSquares += found * found;
            product += found * wanted;
            sum += wanted;
        }

        double mean = sum / reference.Length;
        double variation = 0;
        foreach (float value in reference)
        {
            variation += (value - mean) * (value - mean);
        }

        return new OutputSums(difference, squares, otherSquares, product, variation);
    }

    private static double Ratio(double part, double whole) =>
        part == 0 ? 0 : double.IsNaN(part) ? double.PositiveInfinity : Math.Sqrt(part / whole);
}
