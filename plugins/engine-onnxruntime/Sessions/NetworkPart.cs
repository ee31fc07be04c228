using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.EngineOnnxRuntime.Sessions;

/// <summary>Cuts out of a network what some of its values need.</summary>
internal static class NetworkPart
{
    /// <summary>A network whose outputs are the values, in their order, and whose inputs are those that they need.</summary>
    /// <param name="network">The whole network.</param>
    /// <param name="values">Ids of nodes, each once.</param>
    public static Network Of(Network network, ImmutableArray<string> values)
    {
        var needed = new HashSet<string>(values, StringComparer.Ordinal);
        for (int i = network.Nodes.Length - 1; i >= 0; i--)
        {
            if (needed.Contains(network.Nodes[i].Id))
            {
                needed.UnionWith(network.Nodes[i].Inputs);
            }
        }

        return new Network(
            network.Name,
            network.Inputs.Where(input => needed.Contains(input.Name)),
            network.Nodes.Where(node => needed.Contains(node.Id)),
            values.Select(static value => new Head(
                value, "value", value, ImmutableSortedDictionary<string, ImmutableArray<double>>.Empty, new NodeOrigin(value, "value", null))));
    }
}
