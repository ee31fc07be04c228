using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Core.Inspection;

/// <summary>Finds the layer that a user names: by its name in the file, such as '12', or by a node's id, such as '12.conv'.</summary>
/// <param name="inspection">The network.</param>
public sealed class LayerLookup(NetworkInspection inspection)
{
    /// <summary>The layer, and the value whose channels are to be explained; null where nothing is called that.</summary>
    /// <param name="name">A layer or a node's id.</param>
    public (LayerInspection Layer, string Value)? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (inspection.Layers.FirstOrDefault(layer => layer.Layer == name) is { } layer)
        {
            // A convolution makes the channels; what follows it in its layer hands them on.
            string? producer = layer.Nodes.FirstOrDefault(node => inspection.Network[node].Operation is Convolution or Linear);
            return (layer, producer ?? layer.Value);
        }

        return inspection.Network.Find(name) is { } node
            ? (inspection.Layers.First(candidate => candidate.Layer == node.Origin.Layer), node.Id)
            : null;
    }

    /// <summary>Names that somebody who mistyped one may have meant.</summary>
    /// <param name="name">What was typed.</param>
    public ImmutableArray<string> Nearest(string name)
    {
        ImmutableArray<string> layers = NearestNames.Of(name, inspection.Layers.Select(static layer => layer.Layer));
        return layers.IsEmpty ? NearestNames.Of(name, inspection.Network.Nodes.Select(static node => node.Id)) : layers;
    }
}
