using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.TestKit;

/// <summary>Builds networks by hand, with random tensors. Values are named by the ids that the methods return.</summary>
public sealed class NetworkBuilder
{
    private readonly List<Node> _nodes = [];
    private readonly List<Head> _heads = [];
    private readonly NetworkInput _input;
    private readonly Dictionary<string, Shape> _shapes = new(StringComparer.Ordinal);
    private readonly Random _random;

    public NetworkBuilder(int seed, int channels = 3, int height = 16, int width = 16)
    {
        _random = new Random(seed);
        _input = new NetworkInput("input", new Shape(channels, height, width), Preprocessing.Darknet);
        _shapes.Add("input", _input.Shape);
    }

    public IReadOnlyDictionary<string, Shape> Shapes => _shapes;

    public IReadOnlyList<Node> Nodes => _nodes;

    public Network Build(string name = "test") => new(name, [_input], _nodes, _heads);

    /// <summary>Adds any operation. A layer name groups nodes into one layer of the user's file; by default each is its own.</summary>
    public string Add(Operation operation, params string[] inputs)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"n{_nodes.Count}");
        var node = new Node(id, operation, [.. inputs], new NodeOrigin(id, operation.Name, null));
        _shapes.Add(id, operation.InferShape([.. inputs.Select(input => _shapes[input])]));
        _nodes.Add(node);
        return id;
    }

    public string Conv(string input, int filters, int size = 3, int groups = 1, int stride = 1, int? padding = null, int dilation = 1, bool bias = false)
    {
        int channels = _shapes[input].Channels;
        Tensor weight = Random(new Shape(filters, channels / groups, size, size), 1.0f / MathF.Sqrt(channels / groups * size * size));
        return Add(
            new Convolution(weight, bias ? Random(new Shape(filters), 0.2f) : null)
            {
                Groups = groups,
                Stride = Extent.Square(stride),
                Dilation = Extent.Square(dilation),
                Padding = Padding.Same(padding ?? dilation * (size / 2)),
            },
            input);
    }

    public string Norm(string input)
    {
        var shape = new Shape(_shapes[input].Channels);
        Tensor variance = Random(shape, 0.4f);
        return Add(
            new BatchNorm(Random(shape, 1), Random(shape, 0.3f), Random(shape, 0.2f), variance.WithFloats([.. variance.Floats.ToArray().Select(static value => value + 0.6f)])),
            input);
    }

    public string Act(string input, ActivationKind kind = ActivationKind.LeakyRelu) => Add(new Activation(kind), input);

    /// <summary>Convolution, batch norm and leaky activation.</summary>
    public string ConvNormAct(string input, int filters, int size = 3, int groups = 1, int stride = 1, int? padding = null) =>
        Act(Norm(Conv(input, filters, size, groups, stride, padding)));

    public string Linear(string input, int outputs, bool bias = true) =>
        Add(new Linear(Random(new Shape(outputs, _shapes[input].Channels), 0.3f), bias ? Random(new Shape(outputs), 0.2f) : null), input);

    /// <summary>A head of a kind that no plugin needs to know.</summary>
    public void Head(string input) => _heads.Add(new Head(
        $"{input}.head", "raw", input, ImmutableSortedDictionary<string, ImmutableArray<double>>.Empty, new NodeOrigin(input, "raw", null)));

    /// <summary>Numbers uniform in -scale to scale.</summary>
    public Tensor Random(Shape shape, float scale)
    {
        float[] values = new float[shape.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = ((2 * _random.NextSingle()) - 1) * scale;
        }

        return Tensor.FromFloats(shape, values);
    }
}
