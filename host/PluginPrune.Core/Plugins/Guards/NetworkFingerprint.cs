using System.Numerics;
using System.Runtime.InteropServices;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Core.Plugins;

/// <summary>
/// A cheap look at a network's numbers, to tell whether somebody wrote to them. Seen are vectors in whole (batch norms and
/// biases) and of each filter of a weight the first 64 bytes; whoever scales, clears or sorts filters is seen, whoever changes
/// single weights further back is not. A few milliseconds for yolov3.
/// </summary>
internal sealed class NetworkFingerprint
{
    private const int BytesPerFilter = 64;

    private readonly ulong[][] _hashes;

    private NetworkFingerprint(ulong[][] hashes) => _hashes = hashes;

    public static NetworkFingerprint Of(Network network)
    {
        ulong[][] hashes = new ulong[network.Nodes.Length][];
        for (int i = 0; i < hashes.Length; i++)
        {
            hashes[i] = Hash(network.Nodes[i].Operation);
        }

        return new NetworkFingerprint(hashes);
    }

    /// <summary>Names the first tensor that is no longer what it was, for instance 'the gamma of 3.bn (layer 3 [convolutional])'.</summary>
    public string? FindChange(Network network)
    {
        for (int i = 0; i < _hashes.Length; i++)
        {
            Node node = network.Nodes[i];
            ulong[] now = Hash(node.Operation);
            for (int k = 0; k < now.Length; k++)
            {
                if (now[k] != _hashes[i][k])
                {
                    return $"the {node.Operation.Tensors[k].Role} of {node}";
                }
            }
        }

        return null;
    }

    private static ulong[] Hash(Operation operation)
    {
        ReadOnlySpan<NamedTensor> tensors = operation.Tensors.AsSpan();
        ulong[] hashes = new ulong[tensors.Length];
        for (int i = 0; i < hashes.Length; i++)
        {
            hashes[i] = Hash(tensors[i].Tensor);
        }

        return hashes;
    }

    private static ulong Hash(Tensor tensor)
    {
        ReadOnlySpan<byte> bytes = tensor.Bytes;
        if (tensor.Shape.Rank < 2)
        {
            return Hash(bytes, 0);
        }

        int stride = bytes.Length / tensor.Shape[0];
        int seen = Math.Min(stride, BytesPerFilter);
        ulong hash = 0;
        for (int start = 0; start < bytes.Length; start += stride)
        {
            hash = Hash(bytes.Slice(start, seen), hash);
        }

        return hash;
    }

    /// <summary>Order counts; nobody is to be kept out on purpose.</summary>
    private static ulong Hash(ReadOnlySpan<byte> bytes, ulong hash)
    {
        const ulong Odd = 0x9E3779B97F4A7C15;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
        {
            hash = BitOperations.RotateLeft((hash ^ word) * Odd, 23);
        }

        foreach (byte rest in bytes[(words.Length * sizeof(ulong))..])
        {
            hash = BitOperations.RotateLeft((hash ^ rest) * Odd, 23);
        }

        return hash;
    }
}
