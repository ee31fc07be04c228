using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.EvaluationRunner;

/// <summary>
/// Gives a head with generated weights what training gives one: cells that are empty unless shown otherwise. Without it every
/// cell of every picture is an object of every class, and an evaluation does little but sort them.
/// </summary>
internal static class ObjectnessPrior
{
    private const int ObjectnessOfAnchor = 4;

    /// <summary>Adds to the logits of objectness.</summary>
    /// <param name="network">A network of which every head is a yolo one, fed by a convolution with a bias.</param>
    /// <param name="logit">What is added.</param>
    public static Network Apply(Network network, float logit)
    {
        Dictionary<string, Head> heads = network.Heads.ToDictionary(static head => head.Input, StringComparer.Ordinal);
        return new Network(network.Name, network.Inputs, network.Nodes.Select(node => heads.TryGetValue(node.Id, out Head? head) ? Apply(node, head, logit) : node), network.Heads)
        {
            ClassNames = network.ClassNames,
        };
    }

    private static Node Apply(Node node, Head head, float logit)
    {
        if (node.Operation is not Convolution { Bias: { } bias } convolution)
        {
            throw new InvalidOperationException($"{node.Id} is no convolution with a bias.");
        }

        float[] values = [.. bias.Floats];
        int step = ObjectnessOfAnchor + 1 + (int)head.Number("classes", 0);
        for (int i = ObjectnessOfAnchor; i < values.Length; i += step)
        {
            values[i] += logit;
        }

        return node with { Operation = convolution with { Bias = Tensor.FromFloats(bias.Shape, values) } };
    }
}
