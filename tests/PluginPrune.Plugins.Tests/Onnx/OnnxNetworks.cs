using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Onnx;

/// <summary>Small networks to write.</summary>
internal static class OnnxNetworks
{
    /// <summary>Two YOLO heads on a small backbone with a shortcut, a pool, an upsampling and a concatenation.</summary>
    public static Network Detector(int classes = 2, double scale = 1, bool isActivated = false, string kind = "yolo")
    {
        var b = new NetworkBuilder(7, 3, 32, 48);
        string first = b.ConvNormAct("input", 8);
        string small = b.ConvNormAct(b.Add(new MaxPool(Extent.Square(2), Extent.Square(2), default), first), 16, stride: 2);
        string sum = b.Add(new Add(), small, b.ConvNormAct(small, 16));
        string coarse = Last(b.Conv(b.ConvNormAct(sum, 16, stride: 2), 3 * (5 + classes), 1, bias: true));
        string up = b.Add(new Upsample(2), b.ConvNormAct(coarse, 8, 1));
        string fine = Last(b.Conv(b.Add(new Concat(), up, sum), 2 * (5 + classes), 1, bias: true));
        Network network = b.Build("detector");
        double[] anchors = [4, 6, 8, 9, 12, 20, 18, 15, 30, 28];
        return network.With(network.Nodes, [Head("a", coarse, 2, 3, 4), Head("b", fine, 0, 1)]);

        string Last(string value) => isActivated ? b.Act(value, ActivationKind.Sigmoid) : value;

        Head Head(string id, string input, params double[] mask) => new(
            id,
            kind,
            input,
            ImmutableSortedDictionary<string, ImmutableArray<double>>.Empty
                .Add("anchors", [.. anchors])
                .Add("mask", [.. mask])
                .Add("classes", [classes])
                .Add("scale_x_y", [scale])
                .Add("new_coords", [isActivated ? 1 : 0]),
            new NodeOrigin(id, kind, null));
    }
}
