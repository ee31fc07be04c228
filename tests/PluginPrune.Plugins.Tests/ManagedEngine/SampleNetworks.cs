using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Plugins.Tests.ManagedEngine;

/// <summary>Small networks with everything that plans must get right: branches, shortcuts, values read twice, aliases.</summary>
internal static class SampleNetworks
{
    public static Network Detector(Random random)
    {
        var sketch = new NetworkSketch(random);
        var leaky = new Activation(ActivationKind.LeakyRelu);
        return sketch.Input("x", 3, 20, 24)
            .Node("0.conv", sketch.Convolution(9, 3, 3), "x")
            .Node("0.bn", sketch.Norm(9), "0.conv")
            .Node("0.act", leaky, "0.bn")
            .Node("1.conv", sketch.Convolution(16, 9, 3, stride: 2), "0.act")
            .Node("1.bn", sketch.Norm(16), "1.conv")
            .Node("1.act", leaky, "1.bn")
            .Node("2.conv", sketch.Convolution(8, 16, 1), "1.act")
            .Node("2.bn", sketch.Norm(8), "2.conv")
            .Node("2.act", new Activation(ActivationKind.Mish), "2.bn")
            .Node("3.conv", sketch.Convolution(16, 8, 3), "2.act")
            .Node("3.act", leaky, "3.conv")
            .Node("4.add", new Add(), "3.act", "1.act")
            .Node("5.pool", new MaxPool(Extent.Square(2), Extent.Square(2), default), "4.add")
            .Node("6.same", new Identity(), "5.pool")
            .Node("7.conv", sketch.Convolution(21, 16, 1), "6.same")
            .Node("8.up", new Upsample(2), "6.same")
            .Node("9.cat", new Concat(), "8.up", "4.add", "8.up")
            .Node("10.conv", sketch.Convolution(5, 48, 3), "9.cat")
            .Node("10.bn", sketch.Norm(5), "10.conv")
            .Node("11.flat", new Flatten(), "7.conv")
            .Node("12.double", new Add(), "10.conv", "10.bn")
            .Node("13.conv", sketch.Convolution(4, 5, 1), "12.double")
            .Node("14.up", new Upsample(1), "13.conv")
            .Node("15.bn", sketch.Norm(4), "13.conv")
            .Node("15.act", leaky, "15.bn")
            .Node("16.add", new Add(), "14.up", "15.act")
            .Build();
    }

    public static Network TwoInputs(Random random) =>
        new NetworkSketch(random).Input("a", 2, 3, 4).Input("b", 2, 1, 1).Node("y", new Multiply(), "a", "b").Build();

    public static Batch<float> Picture(Network network, Random random, int pictures) =>
        new(pictures, network.Inputs[0].Shape, new NetworkSketch(random).Numbers(pictures * network.Inputs[0].Shape.Count));
}
