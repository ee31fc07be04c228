using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.FormatResnet.Writing;

/// <summary>A block that was taken out leaves the rectifier behind its sum, which then follows that of the block before and changes nothing.</summary>
internal static class RepeatedActivations
{
    /// <summary>The network without them.</summary>
    public static Network Remove(Network network)
    {
        var replaced = new Dictionary<string, string>(StringComparer.Ordinal);
        var nodes = new List<Node>();
        foreach (Node node in network.Nodes)
        {
            Node left = node with { Inputs = [.. node.Inputs.Select(Resolve)] };
            if (IsRelu(left) && network.Find(left.Inputs[0]) is { } before && IsRelu(before))
            {
                replaced.Add(node.Id, left.Inputs[0]);
            }
            else
            {
                nodes.Add(left);
            }
        }

        return replaced.Count == 0 ? network : network.With(nodes, network.Heads.Select(head => head with { Input = Resolve(head.Input) }));

        string Resolve(string value) => replaced.GetValueOrDefault(value, value);
    }

    private static bool IsRelu(Node node) => node.Operation is Activation { Kind: ActivationKind.Relu };
}
