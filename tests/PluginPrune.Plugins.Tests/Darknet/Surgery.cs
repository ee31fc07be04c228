using PluginPrune.Contracts.Networks;

namespace PluginPrune.Plugins.Tests.Darknet;

/// <summary>Cuts networks by hand, as the host's surgery does.</summary>
internal static class Surgery
{
    /// <summary>Takes a residual block out: all nodes of some layers go, and who read the sum reads the block's input.</summary>
    public static Network WithoutBlock(this Network network, string sum, string input, params string[] layers) =>
        network.With(
            network.Nodes
                .Where(node => !layers.Contains(node.Origin.Layer, StringComparer.Ordinal))
                .Select(node => node with { Inputs = [.. node.Inputs.Select(value => value == sum ? input : value)] }),
            network.Heads.Select(head => head.Input == sum ? head with { Input = input } : head));

    /// <summary>Takes one node out; who read it reads another value.</summary>
    public static Network Without(this Network network, string id, string instead) =>
        network.With(
            network.Nodes
                .Where(node => node.Id != id)
                .Select(node => node with { Inputs = [.. node.Inputs.Select(value => value == id ? instead : value)] }),
            network.Heads.Select(head => head.Input == id ? head with { Input = instead } : head));

    /// <summary>Puts other nodes into the places of those with the same ids.</summary>
    public static Network Replace(this Network network, params Node[] nodes) =>
        network.With(network.Nodes.Select(node => Array.Find(nodes, other => other.Id == node.Id) ?? node), network.Heads);

    /// <summary>The same network as if it came from another format.</summary>
    public static Network WithoutAnnotations(this Network network) =>
        new(
            network.Name,
            network.Inputs,
            network.Nodes.Select(static node => node with { Annotations = Annotations.None }),
            network.Heads.Select(static head => head with { Annotations = Annotations.None }));
}
