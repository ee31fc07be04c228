using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Core.Analysis;

/// <summary>Which batch norm belongs to which convolution or linear layer: the one that is the only reader of its output.</summary>
internal static class BatchNormPairs
{
    /// <summary>The batch norm of a convolution or linear layer, or null.</summary>
    public static Node? NormOf(Network network, Node layer) =>
        layer.Operation is Convolution or Linear
        && network.ConsumersOf(layer.Id) is [{ Operation: BatchNorm } norm]
        && network.Heads.All(head => head.Input != layer.Id)
            ? norm
            : null;

    /// <summary>Whether a batch norm belongs to no layer, such as one over a concatenation.</summary>
    public static bool StandsAlone(Network network, Node norm) =>
        network.Find(norm.Inputs[0]) is not { } source || NormOf(network, source) != norm;
}
