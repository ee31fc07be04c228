using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.FormatResnet.Modules;

/// <summary>The nodes of a network that is being built, with their shapes.</summary>
internal sealed class NodeList(TensorSet tensors)
{
    private readonly List<Node> _nodes = [];
    private readonly Dictionary<string, Shape> _shapes = new(StringComparer.Ordinal);

    public IReadOnlyList<Node> Nodes => _nodes;

    public NetworkInput Begin(NetworkInput input)
    {
        _shapes.Add(input.Name, input.Shape);
        return input;
    }

    public Shape ShapeOf(string value) => _shapes[value];

    /// <summary>Adds a node without tensors.</summary>
    public string Add(string id, string kind, Operation operation, string input, string? layer = null) => Add(id, kind, operation, [input], layer);

    /// <inheritdoc cref="Add(string, string, Operation, string, string?)" />
    public string Add(string id, string kind, Operation operation, ImmutableArray<string> inputs, string? layer = null) =>
        Add(new Node(id, operation, inputs, new NodeOrigin(layer ?? id, kind, null)));

    public string Relu(string layer, string id, string input) => Add(id, "relu", new Activation(ActivationKind.Relu), input, layer);

    /// <summary>A convolution whose window reaches as far outside on all sides, and its batch norm.</summary>
    public string ConvolutionAndNorm(string convolution, string norm, string input, int stride)
    {
        Tensor weight = tensors.Take($"{convolution}.weight", 4);
        int groups = Math.Max(1, _shapes[input].Channels / weight.Shape[1]);
        Add(new Node(
            convolution,
            new Convolution(weight, tensors.Find($"{convolution}.bias", 1))
            {
                Stride = Extent.Square(stride),
                Padding = new Padding(weight.Shape[2] / 2, weight.Shape[3] / 2, weight.Shape[2] / 2, weight.Shape[3] / 2),
                Groups = groups,
            },
            [input],
            new NodeOrigin(convolution, "conv", null))
        {
            Annotations = Annotations.None.With(new ResnetModule(convolution, null)),
        });
        var operation = new BatchNorm(
            tensors.Take($"{norm}.weight", 1), tensors.Take($"{norm}.bias", 1), tensors.Take($"{norm}.running_mean", 1), tensors.Take($"{norm}.running_var", 1));
        return Add(new Node(norm, operation, [convolution], new NodeOrigin(convolution, "conv", null))
        {
            Annotations = Annotations.None.With(new ResnetModule(norm, tensors.Find($"{norm}.{ResnetModule.BatchesName}", 0))),
        });
    }

    public string Linear(string module, string input) => Add(
        new Node(module, new Linear(tensors.Take($"{module}.weight", 2), tensors.Find($"{module}.bias", 1)), [input], new NodeOrigin(module, "linear", null))
        {
            Annotations = Annotations.None.With(new ResnetModule(module, null)),
        });

    private string Add(Node node)
    {
        try
        {
            _shapes.Add(node.Id, node.Operation.InferShape([.. node.Inputs.Select(input => _shapes[input])]));
        }
        catch (Exception fault) when (fault is ShapeException or ArgumentOutOfRangeException)
        {
            throw new NetworkException($"{node.Id}: {(fault is ShapeException ? fault.Message : "its output would be empty or hold more than 2^31 elements.")}", node);
        }

        _nodes.Add(node);
        return node.Id;
    }
}
