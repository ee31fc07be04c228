using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Recalibration;

/// <summary>Pieces of a network.</summary>
internal static class NetworkPiece
{
    /// <summary>What of a network leads from the values at hand to those wanted; null where none is wanted.</summary>
    /// <param name="network">The network.</param>
    /// <param name="wanted">Values that are not at hand.</param>
    /// <param name="values">What is at hand.</param>
    public static Network? Between(Network network, string[] wanted, PictureValues values)
    {
        HashSet<string> needed = new(wanted, StringComparer.Ordinal);
        var nodes = new Stack<Node>();
        foreach (Node node in network.Nodes.Reverse().Where(node => needed.Contains(node.Id) && !values.Has(node.Id)))
        {
            nodes.Push(node);
            needed.UnionWith(node.Inputs);
        }

        NetworkInput picture = network.Inputs[0];
        return nodes.Count == 0
            ? null
            : new Network(
                network.Name, needed.Where(values.Has).Select(value => picture with { Name = value, Shape = network.ShapeOf(value) }), nodes, []);
    }
}
