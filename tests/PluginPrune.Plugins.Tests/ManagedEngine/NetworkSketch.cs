using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Plugins.Tests.ManagedEngine;

/// <summary>Writes networks down briefly and fills their tensors with seeded numbers.</summary>
internal sealed class NetworkSketch(Random random)
{
    private readonly List<NetworkInput> _inputs = [];
    private readonly List<Node> _nodes = [];

    public NetworkSketch Input(string name, params int[] shape)
    {
        _inputs.Add(new NetworkInput(name, new Shape(shape), Preprocessing.Darknet));
        return this;
    }

    public NetworkSketch Node(string id, Operation operation, params string[] inputs)
    {
        _nodes.Add(new Node(id, operation, [.. inputs], new NodeOrigin(id, operation.Name, null)));
        return this;
    }

    public Network Build() => new("sketch", _inputs, _nodes, []);

    public Tensor Tensor(params int[] shape)
    {
        var extents = new Shape(shape);
        return Contracts.Networks.Tensor.FromFloats(extents, [.. Enumerable.Range(0, extents.Count).Select(_ => Number(-1, 1))]);
    }

    public BatchNorm Norm(int channels) => new(
        Tensor(channels),
        Tensor(channels),
        Tensor(channels),
        Contracts.Networks.Tensor.FromFloats([.. Enumerable.Range(0, channels).Select(_ => Number(0.01, 2))]))
    {
        Epsilon = 0.013,
    };

    public Convolution Convolution(int output, int input, int size, int stride = 1) =>
        new(Tensor(output, input, size, size), null)
        {
            Stride = Extent.Square(stride),
            Padding = Padding.Same(size / 2),
        };

    public float[] Numbers(int count, double low = -1, double high = 1) =>
        [.. Enumerable.Range(0, count).Select(_ => Number(low, high))];

    private float Number(double low, double high) => (float)(low + (random.NextDouble() * (high - low)));
}
