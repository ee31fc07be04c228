using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatOnnx.Heads;
using PluginPrune.FormatOnnx.Kept;
using PluginPrune.FormatOnnx.Reading.Interface;
using PluginPrune.FormatOnnx.Writing.Outputs;

namespace PluginPrune.FormatOnnx.Writing;

/// <summary>What of a network is written: the nodes that the outputs need, and the batch normalizations that fold into the node before.</summary>
internal sealed class WritePlan
{
    // What every runtime of the last years takes.
    private const int StandardOpset = 13;

    private readonly bool[] _needed;
    private readonly FileFacts? _facts;
    private readonly Dictionary<string, Node> _folded = new(StringComparer.Ordinal);
    private readonly HashSet<string> _absorbed = new(StringComparer.Ordinal);

    public WritePlan(Network network, OnnxOptions options)
    {
        Network = network;
        _facts = network.Annotations.Find<FileFacts>();
        Form = options.Outputs ?? _facts?.Form ?? OutputForm.Raw;
        Targets = Form == OutputForm.Raw
            ? RawTargets()
            : [.. network.Heads.Select(static head => head.Input).Distinct(StringComparer.Ordinal)];
        _needed = FindNeeded();
        Opset = options.Opset ?? Math.Max(
            StandardOpset, network.Nodes.Max(node => node.Annotations.Find<KeptOperator>()?.Opset) ?? StandardOpset);
        if (!(options.KeepBn ?? _facts is { KeepsNorms: true }))
        {
            FindFolded();
        }
    }

    public Network Network { get; }

    /// <summary>What the file gives: as it is asked for, else as the file did that was read, else raw outputs.</summary>
    public OutputForm Form { get; }

    /// <summary>The version of the operators to write for.</summary>
    public int Opset { get; }

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

    /// <summary>Of what leaves the network what a head reads, or holds it anchor by anchor.</summary>
    public string OutputOf(Head head) => Targets.Contains(head.Input, StringComparer.Ordinal)
        ? head.Input
        : Targets.FirstOrDefault(target => AnchorMaps.SourceOf(Network, target, YoloGeometry.RowOf(head)) == head.Input, head.Input);

    /// <summary>
    /// What leaves the network. One that was read from a file gives what the file gave, in that order; what a head reads on the way
    /// to an output is then none, unless the outputs were made of it and are made anew.
    /// </summary>
    private ImmutableArray<string> RawTargets() => _facts is null or { Form: not OutputForm.Raw }
        ? Network.Outputs
        :
        [
            .. Network.Outputs
                .Where(value => _facts.Outputs.Contains(value, StringComparer.Ordinal) || Network.ConsumersOf(value).IsEmpty)
                .OrderBy(value => _facts.Outputs.IndexOf(value) is >= 0 and var place ? place : int.MaxValue),
        ];

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
