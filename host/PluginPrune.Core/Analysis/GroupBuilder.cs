using System.Collections.Immutable;
using System.Runtime.InteropServices;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Core.Analysis;

/// <summary>
/// Makes channel groups of tied channels. A group is what hangs together through its producers: two producers are in one
/// group where any of their channels are tied. Its elements are counted in the order of its producers' channels.
/// </summary>
internal sealed class GroupBuilder
{
    private readonly Network _network;
    private readonly ChannelTies _ties;
    private readonly HashSet<string> _outOfScope;
    private readonly ChannelElement[] _elementOfSet;

    public GroupBuilder(Network network, ChannelTies ties, HashSet<string> outOfScope)
    {
        _network = network;
        _ties = ties;
        _outOfScope = outOfScope;
        _elementOfSet = new ChannelElement[ties.Count];
        Array.Fill(_elementOfSet, ChannelElement.Fixed);
        ImmutableArray<ChannelGroup> groups = BuildGroups();
        Elements = network.Inputs.Select(static input => input.Name)
            .Concat(network.Nodes.Select(static node => node.Id))
            .ToDictionary(static value => value, ElementsOf, StringComparer.Ordinal);
        List<GroupReader>[] readers = GroupReaders.Find(network, Elements, groups.Length);
        Groups = [.. groups.Select(group => group with { Readers = [.. readers[group.Index]] })];
    }

    public ImmutableArray<ChannelGroup> Groups { get; }

    public Dictionary<string, ImmutableArray<ChannelElement>> Elements { get; }

    private static bool IsProducer(Operation operation) => operation is Convolution { IsDepthwise: false } or Linear;

    private ImmutableArray<ChannelGroup> BuildGroups()
    {
        Node[] producers = [.. _network.Nodes.Where(static node => IsProducer(node.Operation))];
        int[] groupOfProducer = ConnectProducers(producers);
        int[] sizes = CountElements(producers, groupOfProducer);
        List<GroupMember>[] members = FindMembers(sizes.Length);

        Dictionary<int, string> locks = _ties.ResolveLocks();
        HashSet<int> additions = _ties.ResolveAdditions();
        string?[][] locksOf = [.. sizes.Select(static size => new string?[size])];
        bool[] added = new bool[sizes.Length];
        for (int set = 0; set < _elementOfSet.Length; set++)
        {
            ChannelElement element = _elementOfSet[set];
            if (element.Group >= 0)
            {
                locksOf[element.Group][element.Element] = locks.GetValueOrDefault(set);
                added[element.Group] |= additions.Contains(set);
            }
        }

        return
        [
            .. sizes.Select((size, index) => new ChannelGroup(index, size, [.. members[index]])
            {
                Locks = locksOf[index].Any(static reason => reason is not null) ? [.. locksOf[index]] : [],
                IsTiedByAddition = added[index] && members[index].Count(static member => member.IsProducer) > 1,
            }),
        ];
    }

    /// <summary>Gives every producer the number of its group; groups are numbered by their first producers.</summary>
    private int[] ConnectProducers(Node[] producers)
    {
        var connected = new DisjointSets(producers.Length);
        var firstProducer = new Dictionary<int, int>();
        for (int i = 0; i < producers.Length; i++)
        {
            foreach (int set in _ties.SetsOf(producers[i].Id))
            {
                if (!firstProducer.TryAdd(set, i))
                {
                    connected.Union(firstProducer[set], i);
                }
            }
        }

        var numbers = new Dictionary<int, int>();
        int[] groups = new int[producers.Length];
        for (int i = 0; i < groups.Length; i++)
        {
            int root = connected.Find(i);
            numbers.TryAdd(root, numbers.Count);
            groups[i] = numbers[root];
        }

        return groups;
    }

    /// <summary>Numbers the elements of each group and returns the groups' sizes.</summary>
    private int[] CountElements(Node[] producers, int[] groupOfProducer)
    {
        int[] sizes = new int[groupOfProducer.Length == 0 ? 0 : groupOfProducer.Max() + 1];
        for (int i = 0; i < producers.Length; i++)
        {
            int group = groupOfProducer[i];
            foreach (int set in _ties.SetsOf(producers[i].Id))
            {
                if (_elementOfSet[set].Group < 0)
                {
                    _elementOfSet[set] = new ChannelElement(group, sizes[group]++);
                }
            }
        }

        return sizes;
    }

    private List<GroupMember>[] FindMembers(int groups)
    {
        List<GroupMember>[] members = [.. Enumerable.Range(0, groups).Select(static _ => new List<GroupMember>())];
        foreach (Node node in _network.Nodes)
        {
            if (node.Operation is not (Convolution or Linear or BatchNorm) || (node.Operation is BatchNorm && !BatchNormPairs.StandsAlone(_network, node)))
            {
                continue;
            }

            // A batch norm over a concatenation belongs to several groups, each with some of its channels.
            ImmutableArray<ChannelElement> elements = ElementsOf(node.Id);
            foreach (int group in elements.Select(static element => element.Group).Where(static group => group >= 0).Distinct())
            {
                int[] channels = [.. Enumerable.Range(0, elements.Length).Where(channel => elements[channel].Group == group)];
                members[group].Add(new GroupMember(
                    node,
                    node.Operation is BatchNorm ? node : BatchNormPairs.NormOf(_network, node),
                    [.. channels],
                    [.. channels.Select(channel => elements[channel].Element)])
                {
                    IsProducer = IsProducer(node.Operation),
                    IsInScope = !_outOfScope.Contains(node.Id),
                });
            }
        }

        return members;
    }

    private ImmutableArray<ChannelElement> ElementsOf(string value)
    {
        int[] sets = _ties.SetsOf(value);
        var elements = new ChannelElement[sets.Length];
        for (int channel = 0; channel < sets.Length; channel++)
        {
            elements[channel] = _elementOfSet[sets[channel]];
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(elements);
    }
}
