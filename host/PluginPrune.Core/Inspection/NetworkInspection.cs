using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Costs;
using PluginPrune.Core.Plans;

namespace PluginPrune.Core.Inspection;

/// <summary>What there is to know of a network before anything is cut from it.</summary>
public sealed record NetworkInspection
{
    /// <summary>The network, its channel groups and blocks.</summary>
    public required NetworkAnalysis Analysis { get; init; }

    /// <summary>What it costs.</summary>
    public required NetworkCost Cost { get; init; }

    /// <summary>Its layers in the order of the user's file, heads after the layers that they read.</summary>
    public required ImmutableArray<LayerInspection> Layers { get; init; }

    /// <summary>Its channel groups.</summary>
    public required ImmutableArray<GroupInspection> Groups { get; init; }

    /// <summary>Its removable residual blocks.</summary>
    public required ImmutableArray<BlockInspection> Blocks { get; init; }

    /// <summary>What locks channels, the reason that locks most first.</summary>
    public required ImmutableArray<LockCount> Locks { get; init; }

    /// <summary>The plan that was looked at with it, or null.</summary>
    public PruningPlan? Plan { get; init; }

    /// <summary>What the plan leaves, or null without a plan.</summary>
    public NetworkCost? After { get; init; }

    /// <summary>The network.</summary>
    public Network Network => Analysis.Network;

    /// <summary>The nodes that nobody here knows and that are kept as they are.</summary>
    public ImmutableArray<Node> OpaqueNodes => [.. Network.Nodes.Where(static node => node.Operation is Contracts.Operations.Opaque)];
}
