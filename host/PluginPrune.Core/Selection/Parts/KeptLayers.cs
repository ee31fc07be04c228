using System.Collections.Immutable;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Plans;

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
            string nearest = string.Join(" or ", parts.NearestTo(unknown).Select(static name => $"'{name}'"));
            throw new PlanException(
                $"'{network.Name}' has no layer '{unknown}' that could keep its channels{(nearest.Length > 0 ? $"; it has {nearest}" : string.Empty)}. `host inspect` lists the layers; ranges such as 0-9 and patterns such as *.cv1 are names too.");
        }
    }

    /// <summary>
    /// Locks the groups that kept layers make channels of. Where a name holds none that makes any, such as an upsampling or a
    /// concatenation, those that its layers pass on stay.
    /// </summary>
    /// <param name="analysis">What can go.</param>
    public NetworkAnalysis Lock(NetworkAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        var parts = new NetworkParts(analysis.Network);
        var keptBy = new Dictionary<int, string>();
        foreach (string name in Names)
        {
            (int Group, string Layer)[] made = [.. analysis.Groups.SelectMany(static group => group.Members, static (group, member) => (group.Index, member.Layer.Origin.Layer)).Where(pair => parts.Holds(name, pair.Layer))];
            foreach ((int group, string layer) in made.Length > 0 ? made : PassedOn(analysis, parts, name))
            {
                keptBy.TryAdd(group, layer);
            }
        }

        return analysis.Locking(group => keptBy.TryGetValue(group.Index, out string? layer) ? $"layer {layer} is to keep its channels" : null);
    }

    /// <summary>The blocks of which nothing is kept.</summary>
    /// <param name="network">The network.</param>
    /// <param name="blocks">Its blocks.</param>
    public ImmutableArray<ResidualBlock> WithoutKept(Network network, ImmutableArray<ResidualBlock> blocks)
    {
        var parts = new NetworkParts(network);
        return [.. blocks.Where(block => !block.Branch.Append(block.Junction).Any(node => Names.Any(name => parts.Holds(name, node.Origin.Layer))))];
    }

    private static IEnumerable<(int Group, string Layer)> PassedOn(NetworkAnalysis analysis, NetworkParts parts, string name) =>
        from Node node in analysis.Network.Nodes
        where parts.Holds(name, node.Origin.Layer)
        from ChannelElement element in analysis.ElementsOf(node.Id)
        where element.Group >= 0
        select (element.Group, node.Origin.Layer);
}
