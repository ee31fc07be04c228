using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Core.Training;

/// <summary>
/// Lets heads that are trained from nothing begin with what is true of most places: there is no object (Lin et al. 2017, section
/// 4.1). Without it the first steps of a training do little but learn that.
/// </summary>
public static class HeadPriors
{
    // As YOLOv5: 8 objects on a picture of 640, on all places of a head together.
    private const double Objects = 8;
    private const double Picture = 640;
    private const double ClassShare = 0.6;

    // A score that is right even where a network has one class alone.
    private const double MostOfClasses = 0.99;

    /// <summary>Sets the biases before each head.</summary>
    /// <param name="network">A network whose weights have just been made.</param>
    /// <param name="find">Gives what understands a kind of heads.</param>
    /// <exception cref="HeadException">A head contradicts itself.</exception>
    public static Network Apply(Network network, Func<string, IHead> find)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(find);
        Dictionary<string, Node> changed = new(StringComparer.Ordinal);
        foreach (Head head in network.Heads)
        {
            if (network.Find(BeforeActivations(network, head.Input)) is { Operation: Convolution { Bias: { } bias } convolution } node)
            {
                HeadLayout layout = find(head.Kind).Describe(head, network.ShapeOf(head.Input));
                changed[node.Id] = node with { Operation = convolution with { Bias = BiasOf(bias, layout, network, network.ShapeOf(head.Input)) } };
            }
        }

        return network.With(network.Nodes.Select(node => changed.GetValueOrDefault(node.Id, node)), network.Heads);
    }

    // A linear activation between the convolution and the head changes nothing; any other would.
    internal static string BeforeActivations(Network network, string value)
    {
        while (network.Find(value) is { Operation: Activation { Kind: ActivationKind.Linear } or Identity } node)
        {
            value = node.Inputs[0];
        }

        return value;
    }

    private static Tensor BiasOf(Tensor bias, HeadLayout layout, Network network, Shape shape)
    {
        Shape input = network.Inputs[0].Shape;
        double stride = Math.Sqrt((double)input.ElementsPerChannel / shape.ElementsPerChannel);
        double places = Picture / stride;
        float objectness = (float)Math.Log(Objects / (places * places));
        float ofClass = (float)Math.Log(ClassShare / (layout.Classes - MostOfClasses));
        float[] elements = bias.Floats.ToArray();
        for (int channel = 0; channel < elements.Length; channel++)
        {
            elements[channel] = layout.Channels[channel].Role switch
            {
                HeadChannelRole.Objectness => objectness,
                HeadChannelRole.Class when layout.Anchors > 0 => ofClass,
                _ => elements[channel],
            };
        }

        return Tensor.FromFloats(bias.Shape, elements);
    }
}
