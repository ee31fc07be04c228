using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Core.Analysis;

/// <summary>
/// Which layers the published Python scripts for YOLOv3 leave out. They look at what stands next in the file, so this does
/// too: a convolution before a max pool that stands before a route (the entrance of a spatial pyramid), before a route with
/// groups, or before an upsample.
/// </summary>
internal static class ScriptsScope
{
    /// <summary>The ids of the convolutions that are left out.</summary>
    public static HashSet<string> Excluded(Network network)
    {
        string[] layers = [.. network.Nodes.Select(static node => node.Origin.Layer).Distinct(StringComparer.Ordinal)];
        ILookup<string, Node> nodesOf = network.Nodes.ToLookup(static node => node.Origin.Layer, StringComparer.Ordinal);
        var excluded = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i + 1 < layers.Length; i++)
        {
            bool leftOut =
                nodesOf[layers[i + 1]].Any(static node => node.Operation is Upsample or Split)
                || (Has<MaxPool>(i + 1) && i + 2 < layers.Length && (Has<Concat>(i + 2) || Has<Identity>(i + 2) || Has<Split>(i + 2)));
            if (leftOut)
            {
                excluded.UnionWith(nodesOf[layers[i]].Where(static node => node.Operation is Convolution).Select(static node => node.Id));
            }
        }

        return excluded;

        bool Has<T>(int layer) => nodesOf[layers[layer]].Any(static node => node.Operation is T);
    }
}
