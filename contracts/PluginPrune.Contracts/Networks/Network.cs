using System.Collections.Immutable;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Contracts.Networks;

/// <summary>
/// A convolutional network: a directed acyclic graph of operations with their tensors. Immutable and safe to share between
/// threads. What can be constructed is sound: every input exists and comes earlier, every shape agrees.
/// </summary>
public sealed class Network
{
    private readonly Dictionary<string, int> _indexes;
    private readonly Dictionary<string, Shape> _shapes;
    private readonly Lazy<Dictionary<string, ImmutableArray<Node>>> _consumers;

    /// <summary>Checks and builds a network.</summary>
    /// <param name="name">What the user calls it, usually the file's name without its extension.</param>
    /// <param name="inputs">At least one.</param>
    /// <param name="nodes">In an order in which they can be computed; for a format that has an order, its own.</param>
    /// <param name="heads">What the raw outputs mean; may be empty.</param>
    /// <exception cref="NetworkException">An id stands twice, an input is missing or comes later, or shapes disagree.</exception>
    public Network(string name, IEnumerable<NetworkInput> inputs, IEnumerable<Node> nodes, IEnumerable<Head> heads)
    {
        Name = name;
        Inputs = [.. inputs];
        Nodes = [.. nodes];
        Heads = [.. heads];
        _indexes = new Dictionary<string, int>(Nodes.Length, StringComparer.Ordinal);
        _shapes = new Dictionary<string, Shape>(Nodes.Length + Inputs.Length, StringComparer.Ordinal);

        if (Inputs.IsEmpty)
        {
            throw new NetworkException("A network needs at least one input.");
        }

        foreach (NetworkInput input in Inputs)
        {
            if (!_shapes.TryAdd(input.Name, input.Shape))
            {
                throw new NetworkException($"Two inputs are named '{input.Name}'.");
            }
        }

        for (int i = 0; i < Nodes.Length; i++)
        {
            _shapes[Nodes[i].Id] = CheckNode(Nodes[i], i);
        }

        foreach (Head head in Heads)
        {
            if (!_shapes.ContainsKey(head.Input))
            {
                throw new NetworkException($"Head '{head.Id}' ({head.Origin}) reads '{head.Input}', which the network does not have.");
            }
        }

        _consumers = new(FindConsumers);
    }

    /// <summary>What the user calls the network.</summary>
    public string Name { get; init; }

    /// <summary>The pictures that the network takes.</summary>
    public ImmutableArray<NetworkInput> Inputs { get; }

    /// <summary>The operations, each after all that it reads.</summary>
    public ImmutableArray<Node> Nodes { get; }

    /// <summary>What the raw outputs mean.</summary>
    public ImmutableArray<Head> Heads { get; }

    /// <summary>The names of the classes in their order; empty where the file does not tell them.</summary>
    public ImmutableArray<string> ClassNames { get; init; } = [];

    /// <summary>What the format needs to write the network again, beyond its nodes and heads.</summary>
    public Annotations Annotations { get; init; } = Annotations.None;

    /// <summary>
    /// The values that leave the network: those that a head reads, in the heads' order, then those that nothing reads.
    /// </summary>
    public ImmutableArray<string> Outputs =>
    [
        .. Heads.Select(static head => head.Input)
            .Concat(Nodes.Where(node => ConsumersOf(node.Id).IsEmpty).Select(static node => node.Id))
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>The node with an id.</summary>
    /// <param name="id">The id.</param>
    /// <exception cref="KeyNotFoundException">The network has no such node.</exception>
    public Node this[string id] => Nodes[_indexes[id]];

    /// <summary>The node that computes a value, or null where the value is an input of the network or unknown.</summary>
    /// <param name="value">The value's name.</param>
    public Node? Find(string value) => _indexes.TryGetValue(value, out int index) ? Nodes[index] : null;

    /// <summary>The place of a node in <see cref="Nodes"/>, or -1 for an input of the network.</summary>
    /// <param name="value">The node's id, or the input's name.</param>
    public int IndexOf(string value) => _indexes.GetValueOrDefault(value, -1);

    /// <summary>The shape of a value, without the batch.</summary>
    /// <param name="value">A node's id or an input's name.</param>
    /// <exception cref="KeyNotFoundException">The network has no such value.</exception>
    public Shape ShapeOf(string value) => _shapes[value];

    /// <summary>The nodes that read a value, in order; a node that reads it twice stands once.</summary>
    /// <param name="value">A node's id or an input's name.</param>
    public ImmutableArray<Node> ConsumersOf(string value) => _consumers.Value.GetValueOrDefault(value, []);

    /// <summary>The same network with other nodes and heads; everything else is carried along.</summary>
    /// <param name="nodes">The nodes.</param>
    /// <param name="heads">The heads.</param>
    /// <exception cref="NetworkException">They do not make a network.</exception>
    public Network With(IEnumerable<Node> nodes, IEnumerable<Head> heads) =>
        new(Name, Inputs, nodes, heads) { ClassNames = ClassNames, Annotations = Annotations };

    /// <summary>The same network for pictures of another size.</summary>
    /// <param name="height">In pixels.</param>
    /// <param name="width">In pixels.</param>
    /// <exception cref="NetworkException">The shapes no longer agree at that size.</exception>
    public Network WithInputSize(int height, int width) =>
        new(Name, Inputs.Select(input => input with { Shape = new Shape(input.Shape.Channels, height, width) }), Nodes, Heads)
        {
            ClassNames = ClassNames,
            Annotations = Annotations,
        };

    private Shape CheckNode(Node node, int index)
    {
        if (_shapes.ContainsKey(node.Id) || !_indexes.TryAdd(node.Id, index))
        {
            throw new NetworkException($"Two nodes or inputs are named '{node.Id}'; the second is {node.Origin}.", node);
        }

        Shape[] shapes = new Shape[node.Inputs.Length];
        for (int i = 0; i < shapes.Length; i++)
        {
            if (!_shapes.TryGetValue(node.Inputs[i], out shapes[i]))
            {
                throw new NetworkException($"{node} reads '{node.Inputs[i]}', which does not come before it.", node);
            }
        }

        try
        {
            return node.Operation.InferShape(shapes);
        }
        catch (Exception error) when (error is ShapeException or ArgumentOutOfRangeException)
        {
            // An extent below 1 or beyond 2^31 elements surfaces from Shape's constructor.
            string problem = error is ShapeException ? error.Message : "its output would be empty or hold more than 2^31 elements.";
            throw new NetworkException($"{node}: {problem}", node);
        }
    }

    private Dictionary<string, ImmutableArray<Node>> FindConsumers()
    {
        // Plain loops: this runs at every start, before anything of it can have been compiled.
        var consumers = new Dictionary<string, List<Node>>(StringComparer.Ordinal);
        foreach (Node node in Nodes)
        {
            foreach (string input in node.Inputs)
            {
                if (!consumers.TryGetValue(input, out List<Node>? readers))
                {
                    consumers.Add(input, readers = []);
                }

                if (readers.Count == 0 || !ReferenceEquals(readers[^1], node))
                {
                    readers.Add(node);
                }
            }
        }

        var frozen = new Dictionary<string, ImmutableArray<Node>>(consumers.Count, StringComparer.Ordinal);
        foreach ((string value, List<Node> readers) in consumers)
        {
            frozen.Add(value, [.. readers]);
        }

        return frozen;
    }
}
