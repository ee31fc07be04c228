using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Training.Sparsity;

/// <summary>Networks of two free layers of 100 channels with given scales, before a head.</summary>
internal static class SparseNetworks
{
    /// <summary>The ids of their batch norms.</summary>
    public static IReadOnlyList<string> BatchNormsOf(Network network) =>
        [.. network.Nodes.Where(static node => node.Operation is BatchNorm).Select(static node => node.Id)];

    public static Network Make(Func<int, float> first, Func<int, float> second)
    {
        var net = new NetworkBuilder(4);
        net.Head(net.Conv(Layer(net, Layer(net, "input", first), second), 5, 1, bias: true));
        return net.Build();
    }

    private static string Layer(NetworkBuilder net, string input, Func<int, float> gamma)
    {
        string conv = net.Conv(input, 100, 1);
        Tensor ones = Tensor.FromFloats([.. Enumerable.Repeat(1f, 100)]);
        return net.Add(
            new BatchNorm(Tensor.FromFloats([.. Enumerable.Range(0, 100).Select(gamma)]), net.Random(new Shape(100), 0.1f), net.Random(new Shape(100), 0.1f), ones), conv);
    }
}
