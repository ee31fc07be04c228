using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Benchmarks;

/// <summary>A convolutional layer of a Darknet network: padded to keep its size, with batch norm and leaky ReLU.</summary>
public sealed record LayerShape(int Input, int Output, int Size, int Side)
{
    internal Network Build(Random random)
    {
        var norm = new BatchNorm(Fill(random, Output), Fill(random, Output), Fill(random, Output), Fill(random, Output));
        var convolution = new Convolution(Fill(random, Output, Input, Size, Size), null) { Padding = Padding.Same(Size / 2) };
        var origin = new NodeOrigin("0", "convolutional", null);
        return new Network(
            "layer",
            [new NetworkInput("x", new Shape(Input, Side, Side), Preprocessing.Darknet)],
            [
                new Node("conv", convolution, ["x"], origin),
                new Node("bn", norm, ["conv"], origin),
                new Node("act", new Activation(ActivationKind.LeakyRelu), ["bn"], origin),
            ],
            []);
    }

    /// <summary>Short enough for the column of a report, for instance "64@52 to 128, 3x3".</summary>
    public override string ToString() => $"{Input}@{Side} to {Output}, {Size}x{Size}";

    private static Tensor Fill(Random random, params int[] shape)
    {
        var extents = new Shape(shape);
        return Tensor.FromFloats(extents, [.. Enumerable.Range(0, extents.Count).Select(_ => random.NextSingle())]);
    }
}
