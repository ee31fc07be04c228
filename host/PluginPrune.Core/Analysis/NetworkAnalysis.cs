using System.Collections.Immutable;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Analysis;

/// <summary>What can go from a network and what goes with it: its channel groups, their constraints, its residual blocks.</summary>
public sealed class NetworkAnalysis
{
    private readonly Dictionary<string, ImmutableArray<ChannelElement>> _elements;

    private NetworkAnalysis(
        Network network,
        ImmutableArray<ChannelGroup> groups,
        ImmutableArray<EqualParts> constraints,
        Dictionary<string, ImmutableArray<ChannelElement>> elements)
    {
        Network = network;
        Groups = groups;
        Constraints = constraints;
        _elements = elements;
        Blocks = BlockFinder.Find(network);
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>The channel groups, in the order of their first producers.</summary>
    public ImmutableArray<ChannelGroup> Groups { get; }

    /// <summary>Counts that must stay equal.</summary>
    public ImmutableArray<EqualParts> Constraints { get; }

    /// <summary>The residual blocks that can be removed, in the order of their additions.</summary>
    public ImmutableArray<ResidualBlock> Blocks { get; }

    /// <summary>Analyses a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="scope">Which layers take part.</param>
    public static NetworkAnalysis Of(Network network, PruningScope scope)
    {
        var ties = new ChannelTies(network);
        var builder = new GroupBuilder(network, ties, scope == PruningScope.Scripts ? ScriptsScope.Excluded(network) : []);
        return new NetworkAnalysis(network, builder.Groups, [.. ties.Constraints], builder.Elements);
    }

    /// <summary>The same with whole groups locked beside those that are.</summary>
    /// <param name="reason">Says of a group why all of it must stay, or null.</param>
    public NetworkAnalysis Locking(Func<ChannelGroup, string?> reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        return new NetworkAnalysis(Network, [.. Groups.Select(Locked)], Constraints, _elements);

        ChannelGroup Locked(ChannelGroup group) =>
            reason(group) is { } text ? group with { Locks = [.. Enumerable.Range(0, group.Size).Select(element => group.LockOf(element) ?? text)] } : group;
    }

    /// <summary>For each channel of a value, the element that it is.</summary>
    /// <param name="value">A node's id or an input's name.</param>
    public ImmutableArray<ChannelElement> ElementsOf(string value) => _elements[value];
}
