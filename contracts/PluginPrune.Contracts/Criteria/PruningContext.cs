using System.Collections.Immutable;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Criteria;

/// <summary>What a criterion decides on, and the services of the host that it may use.</summary>
/// <param name="network">The network.</param>
/// <param name="groups">Its channel groups.</param>
/// <param name="services">The host.</param>
public sealed class PruningContext(Network network, ImmutableArray<ChannelGroup> groups, IPruningServices services)
{
    /// <summary>The network.</summary>
    public Network Network { get; } = network;

    /// <summary>Its channel groups; every channel that can go belongs to exactly one.</summary>
    public ImmutableArray<ChannelGroup> Groups { get; } = groups;

    /// <summary>Which layers take part.</summary>
    /// <value>The default is <see cref="PruningScope.Full"/>.</value>
    public PruningScope Scope { get; init; } = PruningScope.Full;

    /// <summary>The seed of everything random; one seed, one result.</summary>
    public int Seed { get; init; }

    /// <summary>What the host offers.</summary>
    public IPruningServices Services { get; } = services;
}
