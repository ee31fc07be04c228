using System.Runtime.InteropServices;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatDarknet.Writing;

namespace PluginPrune.FormatDarknet.Weights;

/// <summary>Writes the tensors of a network's convolutions in Darknet's order.</summary>
internal static class WeightsWriter
{
    // Long writes are cut so that a cancelled run ends soon.
    private const int LongestWrite = 16 << 20;

    public static void Write(
        Stream stream, Network network, IEnumerable<SectionDraft> sections, double epsilon, CancellationToken cancellationToken)
    {
        stream.Write((network.Annotations.Find<WeightsHeader>() ?? WeightsHeader.Current).ToBytes());
        foreach (SectionDraft section in sections)
        {
            if (section.Convolution is not { } convolution)
            {
                continue;
            }

            if (section.BatchNorm is { } norm)
            {
                WriteTensor(stream, norm.Beta, cancellationToken);
                WriteTensor(stream, norm.Gamma, cancellationToken);
                WriteTensor(stream, MeanOf(norm, convolution.Bias), cancellationToken);
                WriteTensor(stream, VarianceOf(norm, epsilon), cancellationToken);
            }
            else
            {
                WriteTensor(stream, convolution.Bias ?? Tensor.FromFloats(new float[convolution.OutputChannels]), cancellationToken);
            }

            WriteTensor(stream, convolution.Weight, cancellationToken);
        }
    }

    // Darknet knows no bias before a batch norm; x + b normalized by a mean m is x normalized by m - b.
    private static Tensor MeanOf(BatchNorm norm, Tensor? bias)
    {
        if (bias is null)
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

    private static void WriteTensor(Stream stream, Tensor tensor, CancellationToken cancellationToken)
    {
        ReadOnlySpan<byte> bytes = tensor.Type == ElementType.F32 ? tensor.Bytes : MemoryMarshal.AsBytes(tensor.Floats);
        while (!bytes.IsEmpty)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(bytes.Length, LongestWrite);
            stream.Write(bytes[..count]);
            bytes = bytes[count..];
        }
    }
}
