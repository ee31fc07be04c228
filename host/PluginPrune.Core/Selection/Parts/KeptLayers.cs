using System.Collections.Immutable;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Core.Selection;

/// <summary>Layers that keep all their channels, and with them whatever is tied to these; no block with one of them goes.</summary>
/// <param name="Names">
/// Layers, parts, ranges and patterns as <see cref="NetworkParts"/> has them, such as '24', '2.m', '0-9' or '*.cv1'.
/// </param>
public sealed record KeptLayers(ImmutableArray<string> Names)
{
    /// <summary>Refuses names that nothing of the network has.</summary>
    /// <param name="network">The network.</param>
    /// <exception cref="PlanException">A name fits no layer.</exception>
    public void RefuseUnknown(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var parts = new NetworkParts(network);
        if (Names.FirstOrDefault(name => !parts.Has(name)) is { } unknown)
        {
            string nearest = string.Join(" or ", NearestNames.Of(unknown, parts.Layers).Select(static name => $"'{name}'"));
            throw new PlanException(
                $"'{network.Name}' has no layer '{unknown}' that could keep its channels{(nearest.Length > 0 ? $"; it has {nearest}" : string.Empty)}. `host inspect` lists the layers; ranges such as 0-9 and patterns such as *.cv1 are names too.");
        }
    }

    /// <summary>Locks the groups that a kept layer makes or passes on channels of.</summary>
    /// <param name="analysis">What can go.</param>
    public NetworkAnalysis Lock(NetworkAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        var parts = new NetworkParts(analysis.Network);
        return analysis.Locking(group =>
            group.Members.FirstOrDefault(member => Holds(parts, member.Layer)) is { } kept ? $"layer {kept.Layer.Origin.Layer} is to keep its channels" : null);
    }

    /// <summary>The blocks of which nothing is kept.</summary>
    /// <param name="network">The network.</param>
    /// <param name="blocks">Its blocks.</param>
    public ImmutableArray<ResidualBlock> WithoutKept(Network network, ImmutableArray<ResidualBlock> blocks)
    {
        var parts = new NetworkParts(network);
        return [.. blocks.Where(block => !block.Branch.Any(node => Holds(parts, node)))];
    }

    private bool Holds(NetworkParts parts, Node node) => Names.Any(name => parts.Holds(name, node.Origin.Layer));
}
