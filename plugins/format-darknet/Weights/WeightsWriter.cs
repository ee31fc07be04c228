using System.Runtime.InteropServices;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatDarknet.Writing;

namespace PluginPrune.FormatDarknet.Weights;

/// <summary>Writes the tensors of a network's sections in Darknet's order.</summary>
internal static class WeightsWriter
{
    // Long writes are cut so that a cancelled run ends soon.
    private const int LongestWrite = 16 << 20;

    public static void Write(
        Stream stream, Network network, IEnumerable<SectionDraft> sections, double epsilon, CancellationToken cancellationToken)
    {
        WeightsHeader header = network.Annotations.Find<WeightsHeader>() ?? WeightsHeader.Current;
        stream.Write(header.ToBytes());
        foreach (Tensor tensor in sections.SelectMany(section => section.Weights?.InOrder(header, epsilon) ?? []))
        {
            WriteTensor(stream, tensor, cancellationToken);
        }
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
