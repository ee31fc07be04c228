using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.FormatDarknet.Weights;

/// <summary>What a section puts into the .weights file.</summary>
internal sealed record SectionWeights
{
    /// <summary>The weights of a convolution or a [connected] section, or null.</summary>
    public Tensor? Weight { get; init; }

    /// <summary>Its biases, or null for zeros.</summary>
    public Tensor? Bias { get; init; }

    /// <summary>The batch norm behind it, or null.</summary>
    public BatchNorm? Norm { get; init; }

    /// <summary>Whether scales and statistics stand behind the weights, and old versions transpose the weights.</summary>
    public bool IsConnected { get; init; }

    /// <summary>Tensors that are written as they are, behind all others.</summary>
    public ImmutableArray<Tensor> Others { get; init; } = [];

    /// <summary>The tensors in Darknet's order.</summary>
    /// <param name="header">The header that they are written behind.</param>
    /// <param name="epsilon">What Darknet adds to variances.</param>
    public IEnumerable<Tensor> InOrder(WeightsHeader header, double epsilon)
    {
        if (Weight is not { } weight)
        {
            return Others;
        }

        Tensor first = Norm?.Beta ?? Bias ?? Tensor.FromFloats(new float[weight.Shape[0]]);
        ImmutableArray<Tensor> rest = Norm is { } norm ? [norm.Gamma, MeanOf(norm), VarianceOf(norm, epsilon)] : [];
        return IsConnected
            ? [first, header.IsTransposed ? Transposed(weight) : weight, .. rest, .. Others]
            : [first, .. rest, weight, .. Others];
    }

    /// <summary>The numbers of a matrix [rows, columns] column by column; what it is a tensor of beyond that does not matter.</summary>
    public static float[] Transpose(ReadOnlySpan<float> numbers, int rows)
    {
        int columns = numbers.Length / rows;
        float[] transposed = new float[numbers.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                transposed[(column * rows) + row] = numbers[(row * columns) + column];
            }
        }

        return transposed;
    }

    private static Tensor Transposed(Tensor weight) => Tensor.FromFloats(Transpose(weight.Floats, weight.Shape[0]));

    // Darknet knows no bias before a batch norm; x + b normalized by a mean m is x normalized by m - b.
    private Tensor MeanOf(BatchNorm norm)
    {
        if (Bias is not { } bias)
        {
            return norm.Mean;
        }

        float[] means = norm.Mean.Floats.ToArray();
        ReadOnlySpan<float> biases = bias.Floats;
        for (int i = 0; i < means.Length; i++)
        {
            means[i] -= biases[i];
        }

        return Tensor.FromFloats(means);
    }

    // The file has no epsilon, Darknet's is fixed: the difference goes into the variance.
    private static Tensor VarianceOf(BatchNorm norm, double epsilon)
    {
        if (norm.Epsilon == epsilon)
        {
            return norm.Variance;
        }

        float[] variances = norm.Variance.Floats.ToArray();
        for (int i = 0; i < variances.Length; i++)
        {
            variances[i] = (float)(variances[i] + norm.Epsilon - epsilon);
        }

        return Tensor.FromFloats(variances);
    }
}
