using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Core.Costs;

/// <summary>What a network costs for one picture of its input size.</summary>
public sealed record NetworkCost
{
    /// <summary>Learned numbers, running statistics not counted.</summary>
    public required long Parameters { get; init; }

    /// <summary>2 x multiply-adds of convolutions and linear layers, in units of 10^9.</summary>
    public required double Gflops { get; init; }

    /// <summary>The size of all tensors as they are stored, running statistics counted, in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>The sum of the output channels of all convolutions and linear layers.</summary>
    public required long Channels { get; init; }

    /// <summary>Each layer of the user's file, in its order.</summary>
    public required ImmutableArray<LayerCost> Layers { get; init; }

    /// <summary>Counts.</summary>
    /// <param name="network">The network.</param>
    public static NetworkCost Of(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var layers = new List<LayerCost>();
        var made = network.Nodes.Select(static node => node.Origin.Layer).ToHashSet(StringComparer.Ordinal);
        foreach (var layer in network.Nodes.GroupBy(static node => node.Origin.Layer, StringComparer.Ordinal))
        {
            layers.Add(new LayerCost(
                layer.Key,
                layer.First().Origin.Kind,
                network.ShapeOf(layer.Last().Id).Channels,
                layer.Sum(static node => Learned(node.Operation)),
                layer.Sum(node => MultiplyAdds(network, node))));

            // A head is a layer of the user's file too, unless one that computes something tells it; it stands behind the layer that it reads.
            layers.AddRange(network.Heads
                .Where(head => layer.Any(node => node.Id == head.Input) && !made.Contains(head.Origin.Layer))
                .Select(head => new LayerCost(head.Origin.Layer, head.Origin.Kind, network.ShapeOf(head.Input).Channels, 0, 0)));
        }

        return new NetworkCost
        {
            Parameters = layers.Sum(static layer => layer.Parameters),
            Gflops = 2e-9 * layers.Sum(static layer => layer.MultiplyAdds),
            Bytes = network.Nodes.Sum(static node => node.Operation.Tensors.Sum(static tensor => (long)tensor.Tensor.Count * tensor.Tensor.ElementSize)),
            Channels = network.Nodes.Where(static node => node.Operation is Convolution or Linear).Sum(node => (long)network.ShapeOf(node.Id).Channels),
            Layers = [.. layers],
        };
    }

    private static long Learned(Operation operation) =>
        operation.Tensors.Where(static tensor => tensor.IsLearned).Sum(static tensor => (long)tensor.Tensor.Count);

    private static long MultiplyAdds(Network network, Node node) => node.Operation switch
    {
        Convolution convolution => (long)convolution.Weight.Count * network.ShapeOf(node.Id).ElementsPerChannel,
        Linear linear => linear.Weight.Count,
        _ => 0,
    };
}
