using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Core.Sensitivity;

/// <summary>What a network has in common with another, from the input on, and what it has not.</summary>
internal sealed class NetworkSplit
{
    private readonly Network _network;
    private readonly HashSet<string> _common;

    /// <param name="network">The network.</param>
    /// <param name="whole">The one that it was made of; what is common has its very tensors.</param>
    public NetworkSplit(Network network, Network whole)
    {
        _network = network;
        _common = new HashSet<string>(whole.Inputs.Where(input => network.Inputs.Any(own => own.Name == input.Name && own.Shape == input.Shape)).Select(static input => input.Name), StringComparer.Ordinal);
        foreach (Node node in network.Nodes)
        {
            if (node.Inputs.All(_common.Contains) && whole.Find(node.Id) is { } same && same.Operation == node.Operation && same.Inputs.SequenceEqual(node.Inputs))
            {
                _common.Add(node.Id);
            }
        }

        Outputs = [.. network.Outputs];
        Crossing = [.. network.Nodes.Where(node => !_common.Contains(node.Id)).SelectMany(static node => node.Inputs).Where(_common.Contains).Distinct(StringComparer.Ordinal)];
        Kept = [.. Crossing.Concat(Outputs.Where(_common.Contains)).Distinct(StringComparer.Ordinal).Where(value => network.Find(value) is not null)];
    }

    /// <summary>The network's outputs.</summary>
    public ImmutableArray<string> Outputs { get; }

    /// <summary>What is common and read by what is not: nodes, and perhaps the picture.</summary>
    public ImmutableArray<string> Crossing { get; }

    /// <summary>What must be kept of a picture so that the common part need not be run again.</summary>
    public ImmutableArray<string> Kept { get; }

    /// <summary>The share of multiplications that the common part takes, 0 to 1.</summary>
    public double CommonShare
    {
        get
        {
            long all = _network.Nodes.Sum(Work);
            return all == 0 ? 0 : (double)_network.Nodes.Where(node => _common.Contains(node.Id)).Sum(Work) / all;
        }
    }

    /// <summary>The bytes of <see cref="Kept"/> for one picture.</summary>
    public long BytesOfPicture => Kept.Sum(value => (long)sizeof(float) * _network.ShapeOf(value).Count);

    public bool IsCommon(string value) => _common.Contains(value);

    /// <summary>What leads from the picture to <see cref="Kept"/>.</summary>
    public Network Prefix()
    {
        var needed = new HashSet<string>(Kept, StringComparer.Ordinal);
        var nodes = new Stack<Node>();
        foreach (Node node in _network.Nodes.Reverse().Where(node => needed.Contains(node.Id)))
        {
            nodes.Push(node);
            needed.UnionWith(node.Inputs);
        }

        return new Network(_network.Name, _network.Inputs, nodes, []);
    }

    /// <summary>What leads on from <see cref="Crossing"/>; null where nothing is different.</summary>
    public Network? Suffix()
    {
        Node[] nodes = [.. _network.Nodes.Where(node => !_common.Contains(node.Id))];
        NetworkInput picture = _network.Inputs[0];
        return nodes.Length == 0
            ? null
            : new Network(_network.Name, Crossing.Select(value => picture with { Name = value, Shape = _network.ShapeOf(value) }), nodes, []);
    }

    private long Work(Node node) => node.Operation switch
    {
        Convolution convolution => (long)convolution.Weight.Count * _network.ShapeOf(node.Id).ElementsPerChannel,
        Linear linear => linear.Weight.Count,
        _ => 0,
    };
}
