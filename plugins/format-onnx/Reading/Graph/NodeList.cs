using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.FormatOnnx.Reading.Graph;

/// <summary>The nodes of a network that is being read, and their names.</summary>
internal sealed class NodeList
{
    private readonly List<Node> _nodes = [];
    private readonly Dictionary<string, Node> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Shape> _shapes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken;

    /// <param name="reserved">The names of the file's values.</param>
    public NodeList(IEnumerable<string> reserved) => _taken = new HashSet<string>(reserved, StringComparer.Ordinal);

    public Node? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>A name that nothing else has.</summary>
    public string Fresh(string name)
    {
        string candidate = name;
        for (int number = 2; !_taken.Add(candidate); number++)
        {
            candidate = FormattableString.Invariant($"{name} {number}");
        }

        return candidate;
    }

    /// <summary>The shape of a node's value, or of an input.</summary>
    public Shape ShapeOf(string id) => _shapes[id];

    public void Add(NetworkInput input) => _shapes.Add(input.Name, input.Shape);

    public void Add(Node node, Shape shape)
    {
        if (!_byId.TryAdd(node.Id, node))
        {
            throw new OnnxFileException($"two of its operators give '{node.Id}'.");
        }

        _nodes.Add(node);
        _shapes[node.Id] = shape;
    }

    /// <summary>The nodes that some values need, in order.</summary>
    public ImmutableArray<Node> For(IEnumerable<string> values)
    {
        var needed = new HashSet<string>(values, StringComparer.Ordinal);
        for (int i = _nodes.Count - 1; i >= 0; i--)
        {
            if (needed.Contains(_nodes[i].Id))
            {
                needed.UnionWith(_nodes[i].Inputs);
            }
        }

        return [.. _nodes.Where(node => needed.Contains(node.Id))];
    }
}
