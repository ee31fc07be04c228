using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.FormatOnnx.Writing;

/// <summary>What of a network is written: the nodes that the outputs need, and the batch normalizations that fold into the node before.</summary>
internal sealed class WritePlan
{
    private readonly bool[] _needed;
    private readonly Dictionary<string, Node> _folded = new(StringComparer.Ordinal);
    private readonly HashSet<string> _absorbed = new(StringComparer.Ordinal);

    public WritePlan(Network network, OnnxOptions options)
    {
        Network = network;
        Targets = options.Outputs == OutputForm.Raw
            ? network.Outputs
            : [.. network.Heads.Select(static head => head.Input).Distinct(StringComparer.Ordinal)];
        _needed = FindNeeded();
        if (!options.KeepBn)
        {
            FindFolded();
        }
    }

    public Network Network { get; }

    /// <summary>The values of the network that outputs are made of.</summary>
    public ImmutableArray<string> Targets { get; }

    /// <summary>The nodes to write, each with the batch normalization that it takes in, or null.</summary>
    public IEnumerable<(Node Node, Node? Norm)> Steps
    {
        get
        {
            for (int i = 0; i < _needed.Length; i++)
            {
                Node node = Network.Nodes[i];
                if (_needed[i] && !_absorbed.Contains(node.Id))
                {
                    yield return (node, _folded.GetValueOrDefault(node.Id));
                }
            }
        }
    }

    // Nodes stand after all that they read: one pass from the back finds everything.
    private bool[] FindNeeded()
    {
        bool[] needed = new bool[Network.Nodes.Length];
        MarkAll(Targets);
        for (int i = needed.Length - 1; i >= 0; i--)
        {
            if (needed[i])
            {
                MarkAll(Network.Nodes[i].Inputs);
            }
        }

        return needed;

        void MarkAll(ImmutableArray<string> values)
        {
            foreach (string value in values)
            {
                if (Network.IndexOf(value) is >= 0 and int index)
                {
                    needed[index] = true;
                }
            }
        }
    }

    private void FindFolded()
    {
        for (int i = 0; i < _needed.Length; i++)
        {
            Node norm = Network.Nodes[i];
            if (_needed[i]
                && norm.Operation is BatchNorm
                && Network.Find(norm.Inputs[0]) is { Operation: Convolution or Linear } before
                && !Targets.Contains(before.Id, StringComparer.Ordinal)
                && Network.ConsumersOf(before.Id).Count(reader => _needed[Network.IndexOf(reader.Id)]) == 1)
            {
                _folded.Add(before.Id, norm);
                _absorbed.Add(norm.Id);
            }
        }
    }
}
