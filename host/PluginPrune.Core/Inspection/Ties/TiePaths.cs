using System.Collections.Immutable;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;

namespace PluginPrune.Core.Inspection;

/// <summary>
/// Finds the paths along which channels are tied: breadth first over the channels of all values, along the routes by which
/// operations hand channels on, and through what joins channels. It must join what <see cref="ChannelTies"/> ties; a test on
/// random networks holds the two together.
/// </summary>
internal sealed class TiePaths
{
    private const int Unseen = -1;
    private const int Root = -2;

    private readonly Network _network;
    private readonly Dictionary<string, int> _offsets = new(StringComparer.Ordinal);
    private readonly List<string> _values = [];
    private readonly int[] _valueOf;
    private readonly List<int>[] _neighbours;

    public TiePaths(Network network)
    {
        _network = network;
        int count = 0;
        foreach (string value in network.Inputs.Select(static input => input.Name).Concat(network.Nodes.Select(static node => node.Id)))
        {
            _offsets.Add(value, count);
            _values.Add(value);
            count += network.ShapeOf(value).Channels;
        }

        _valueOf = new int[count];
        for (int value = 0; value < _values.Count; value++)
        {
            Array.Fill(_valueOf, value, _offsets[_values[value]], network.ShapeOf(_values[value]).Channels);
        }

        _neighbours = new List<int>[count];
        for (int number = 0; number < count; number++)
        {
            _neighbours[number] = [];
        }

        foreach (Node node in network.Nodes)
        {
            Connect(node);
        }
    }

    /// <summary>A path from a value to each member of a group; null where there is none.</summary>
    /// <param name="value">The value to begin at.</param>
    /// <param name="channels">The channels of it that belong to the group.</param>
    /// <param name="members">The members.</param>
    public ImmutableArray<TiePath?> Find(string value, IEnumerable<int> channels, IEnumerable<GroupMember> members)
    {
        int[] starts = [.. channels.Select(channel => _offsets[value] + channel)];
        int[] direct = Search(starts, changesChannels: false);

        // Some hang together only through a third layer that is tied to the one by some channels and to the other by others.
        var indirect = new Lazy<int[]>(() => Search(starts, changesChannels: true));
        return [.. members.Select(member => PathTo(member, direct) ?? PathTo(member, indirect.Value))];
    }

    private void Connect(Node node)
    {
        Shape[] inputs = [.. node.Inputs.Select(_network.ShapeOf)];
        Shape output = _network.ShapeOf(node.Id);
        int offset = _offsets[node.Id];
        if (ChannelRouting.Sources(node.Operation, inputs, output) is { } sources)
        {
            int[] numbers = [.. node.Inputs.SelectMany((input, i) => Enumerable.Range(_offsets[input], inputs[i].Channels))];
            for (int channel = 0; channel < sources.Length; channel++)
            {
                if (sources[channel] != ChannelRouting.Nothing)
                {
                    Join(offset + channel, numbers[sources[channel]]);
                }
            }
        }

        switch (node.Operation)
        {
            case Add:
                JoinChannels(node.Id, node.Inputs);
                break;
            case Multiply:
                JoinChannels(node.Id, node.Inputs.Where((_, i) => i == 0 || inputs[i].Channels == inputs[0].Channels));
                break;
            case ChannelShuffle shuffle:
                int perGroup = inputs[0].Channels / shuffle.Groups;
                for (int channel = perGroup; channel < inputs[0].Channels; channel++)
                {
                    Join(_offsets[node.Inputs[0]] + channel, _offsets[node.Inputs[0]] + (channel % perGroup));
                }

                break;
            case Reorg reorg:
                JoinBlocks(node, inputs[0].Channels, reorg.BlockChannels);
                break;
            default:
                break;
        }
    }

    /// <summary>Channels of one block mix, and every output channel holds places of one block.</summary>
    private void JoinBlocks(Node node, int channels, int size)
    {
        int input = _offsets[node.Inputs[0]];
        for (int channel = 0; channel < channels; channel++)
        {
            Join(input + channel, input + (channel / size * size));
        }

        for (int channel = 0; channel < channels * size; channel++)
        {
            Join(_offsets[node.Id] + channel, input + (channel / size % (channels / size) * size));
        }
    }

    private void JoinChannels(string output, IEnumerable<string> inputs)
    {
        foreach (string input in inputs)
        {
            for (int channel = 0; channel < _network.ShapeOf(output).Channels; channel++)
            {
                Join(_offsets[output] + channel, _offsets[input] + channel);
            }
        }
    }

    private void Join(int left, int right)
    {
        _neighbours[left].Add(right);
        _neighbours[right].Add(left);
    }

    /// <summary>For each channel of each value the one before it on a shortest path; breadth first.</summary>
    private int[] Search(int[] starts, bool changesChannels)
    {
        int[] before = new int[_valueOf.Length];
        Array.Fill(before, Unseen);
        var open = new Queue<int>();
        foreach (int start in starts)
        {
            before[start] = Root;
            open.Enqueue(start);
        }

        while (open.TryDequeue(out int number))
        {
            foreach (int next in _neighbours[number])
            {
                Visit(number, next);
            }

            if (changesChannels && IsProducer(_values[_valueOf[number]]))
            {
                int first = _offsets[_values[_valueOf[number]]];
                for (int next = first; next < _valueOf.Length && _valueOf[next] == _valueOf[number]; next++)
                {
                    Visit(number, next);
                }
            }
        }

        return before;

        void Visit(int from, int to)
        {
            if (before[to] == Unseen)
            {
                before[to] = from;
                open.Enqueue(to);
            }
        }
    }

    private bool IsProducer(string value) => _network.Find(value)?.Operation is Convolution { IsDepthwise: false } or Linear;

    private TiePath? PathTo(GroupMember member, int[] before)
    {
        TiePath? best = null;
        foreach (int channel in member.Channels)
        {
            int number = _offsets[member.Layer.Id] + channel;
            if (before[number] == Unseen)
            {
                continue;
            }

            TiePath path = Trace(number, before);
            if (best is null || path.Steps.Length < best.Steps.Length)
            {
                best = path;
            }
        }

        return best;
    }

    private TiePath Trace(int number, int[] before)
    {
        var numbers = new List<int>();
        for (; number != Root; number = before[number])
        {
            numbers.Add(number);
        }

        numbers.Reverse();
        var steps = ImmutableArray.CreateBuilder<TieStep>(numbers.Count);
        for (int i = 0; i < numbers.Count; i++)
        {
            string value = _values[_valueOf[numbers[i]]];
            steps.Add(new TieStep(value, numbers[i] - _offsets[value], i == 0 ? TieLink.Start : LinkOf(_values[_valueOf[numbers[i - 1]]], value)));
        }

        return new TiePath(steps.ToImmutable());
    }

    private TieLink LinkOf(string from, string to) =>
        from == to ? TieLink.OtherChannels
        : _network.Find(to) is { } node && node.Inputs.Contains(from, StringComparer.Ordinal) ? TieLink.Forward
        : TieLink.Backward;
}
