using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Core.Analysis;

/// <summary>
/// Ties the channels of all values of a network that must stand and fall together, and notes those that must stand. Every
/// channel of every value has a number: the value's offset plus the channel.
/// </summary>
internal sealed class ChannelTies
{
    private readonly Network _network;
    private readonly DisjointSets _sets;
    private readonly Dictionary<int, string> _locks = [];
    private readonly HashSet<int> _tiedByAddition = [];

    public ChannelTies(Network network)
    {
        _network = network;
        int count = 0;
        foreach (string value in network.Inputs.Select(static input => input.Name).Concat(network.Nodes.Select(static node => node.Id)))
        {
            Offsets.Add(value, count);
            count += network.ShapeOf(value).Channels;
        }

        Count = count;
        _sets = new DisjointSets(count);
        Tie();
    }

    /// <summary>How many channels all values have together.</summary>
    public int Count { get; }

    /// <summary>The number of channel 0 of each value.</summary>
    public Dictionary<string, int> Offsets { get; } = new(StringComparer.Ordinal);

    /// <summary>Values of which equal, contiguous parts must keep equally many channels.</summary>
    public List<EqualParts> Constraints { get; } = [];

    /// <summary>The sets that a value's channels belong to; a set is called by its first channel's number.</summary>
    public int[] SetsOf(string value)
    {
        int offset = Offsets[value];
        int[] sets = new int[_network.ShapeOf(value).Channels];
        for (int channel = 0; channel < sets.Length; channel++)
        {
            sets[channel] = _sets.Find(offset + channel);
        }

        return sets;
    }

    /// <summary>Why a set must stay, keyed by the set.</summary>
    public Dictionary<int, string> ResolveLocks()
    {
        var resolved = new Dictionary<int, string>();
        foreach ((int channel, string reason) in _locks.OrderBy(static pair => pair.Key))
        {
            resolved.TryAdd(_sets.Find(channel), reason);
        }

        return resolved;
    }

    /// <summary>The sets in which an addition joined what was apart.</summary>
    public HashSet<int> ResolveAdditions() => [.. _tiedByAddition.Select(_sets.Find)];

    private void Tie()
    {
        foreach (NetworkInput input in _network.Inputs)
        {
            Lock(input.Name, $"it is a channel of the network's input '{input.Name}'");
        }

        foreach (Node node in _network.Nodes)
        {
            Tie(node);
        }

        foreach (Head head in _network.Heads)
        {
            Lock(head.Input, $"head {head.Id} ({head.Origin}) reads it");
        }

        foreach (string output in _network.Outputs.Where(value => _network.Heads.All(head => head.Input != value)))
        {
            Lock(output, $"{output} is an output of the network");
        }
    }

    private void Tie(Node node)
    {
        Shape[] inputs = [.. node.Inputs.Select(_network.ShapeOf)];
        Shape output = _network.ShapeOf(node.Id);
        if (ChannelRouting.Sources(node.Operation, inputs, output) is { } sources)
        {
            int[] channels = NumbersOf(node.Inputs, inputs);
            int offset = Offsets[node.Id];
            for (int channel = 0; channel < sources.Length; channel++)
            {
                if (sources[channel] != ChannelRouting.Nothing)
                {
                    _sets.Union(offset + channel, channels[sources[channel]]);
                }
            }
        }

        switch (node.Operation)
        {
            case Add:
                TieAddition(node, output.Channels);
                break;
            case Multiply:
                TieMultiplication(node, inputs);
                break;
            case Convolution { Groups: > 1, IsDepthwise: false } convolution:
                Constraints.Add(new EqualParts(node.Inputs[0], convolution.Groups, node));
                Constraints.Add(new EqualParts(node.Id, convolution.Groups, node));
                break;
            case Split split:
                Constraints.Add(new EqualParts(node.Inputs[0], split.Parts, node));
                break;
            case ChannelShuffle shuffle:
                TieShuffle(node, inputs[0].Channels, shuffle.Groups);
                break;
            case Reorg reorg:
                TieBlocks(node, inputs[0].Channels, reorg.BlockChannels);
                break;
            case Softmax or ChannelNormalization:
                Lock(node.Inputs[0], $"{node} weighs all channels against each other");
                Lock(node.Id, $"{node} weighs all channels against each other");
                break;
            case Reshape or Transpose { Order: not [0, ..] } or LocalConvolution or Opaque:
                foreach (string value in node.Inputs.Append(node.Id))
                {
                    Lock(value, $"{node} ({node.Operation.Name}) gives its channels another meaning");
                }

                break;
            default:
                break;
        }
    }

    /// <summary>The numbers of the channels of several values behind each other.</summary>
    private int[] NumbersOf(ImmutableArray<string> values, Shape[] shapes)
    {
        int[] numbers = new int[shapes.Sum(static shape => shape.Channels)];
        int next = 0;
        for (int i = 0; i < values.Length; i++)
        {
            int offset = Offsets[values[i]];
            for (int channel = 0; channel < shapes[i].Channels; channel++)
            {
                numbers[next++] = offset + channel;
            }
        }

        return numbers;
    }

    private void TieAddition(Node node, int channels)
    {
        for (int channel = 0; channel < channels; channel++)
        {
            bool joined = false;
            foreach (string value in node.Inputs.Skip(1))
            {
                joined |= _sets.Union(Offsets[node.Inputs[0]] + channel, Offsets[value] + channel);
            }

            _sets.Union(Offsets[node.Id] + channel, Offsets[node.Inputs[0]] + channel);
            if (joined)
            {
                _tiedByAddition.Add(Offsets[node.Id] + channel);
            }
        }
    }

    private void TieMultiplication(Node node, Shape[] inputs)
    {
        bool factorPerChannel = inputs[1].Channels == inputs[0].Channels;
        for (int channel = 0; channel < inputs[0].Channels; channel++)
        {
            _sets.Union(Offsets[node.Id] + channel, Offsets[node.Inputs[0]] + channel);
            if (factorPerChannel)
            {
                _sets.Union(Offsets[node.Id] + channel, Offsets[node.Inputs[1]] + channel);
            }
        }

        if (!factorPerChannel)
        {
            Lock(node.Inputs[1], $"it is the one factor of all channels in {node}");
        }
    }

    /// <summary>
    /// Equal counts in the groups would not do: the shuffle would then pair other channels, in another order than what is
    /// added to its output. So channel i of every group goes together.
    /// </summary>
    private void TieShuffle(Node node, int channels, int groups)
    {
        int perGroup = channels / groups;
        for (int channel = perGroup; channel < channels; channel++)
        {
            _sets.Union(Offsets[node.Inputs[0]] + channel, Offsets[node.Inputs[0]] + (channel % perGroup));
        }
    }

    /// <summary>
    /// Neighbouring channels mix: block b of the input lies in the output's channels (p * blocks + b) * size and on, for every
    /// place p of a block. With a whole block away, all others are what they were.
    /// </summary>
    private void TieBlocks(Node node, int channels, int size)
    {
        int input = Offsets[node.Inputs[0]];
        int output = Offsets[node.Id];
        int blocks = channels / size;
        for (int channel = 0; channel < channels; channel++)
        {
            _sets.Union(input + channel, input + (channel / size * size));
        }

        for (int channel = 0; channel < channels * size; channel++)
        {
            _sets.Union(output + channel, input + (channel / size % blocks * size));
        }
    }

    private void Lock(string value, string reason)
    {
        int offset = Offsets[value];
        for (int channel = 0; channel < _network.ShapeOf(value).Channels; channel++)
        {
            _locks.TryAdd(offset + channel, reason);
        }
    }
}
