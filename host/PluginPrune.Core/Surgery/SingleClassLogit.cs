using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Core.Surgery;

/// <summary>
/// Networks with one class that were trained by the Python scripts for YOLOv3 have a class logit that was never trained:
/// those scripts ignore it. Darknet and OpenCV multiply every score by its sigmoid, and find nothing. The cure is exact: a
/// logit that is always large.
/// </summary>
/// <param name="describe">Says what the channels of a head mean, or null where nobody knows its kind.</param>
public sealed class SingleClassLogit(Func<Head, Shape, HeadLayout?> describe)
{
    /// <summary>The logit that is put in place: its sigmoid is 0.99995.</summary>
    public const float Certain = 10;

    // Networks of one class trained in Darknet end with biases of about 1 to 3; the scripts start at -3.6, or around 0.
    private const double Untrained = 0.5;

    /// <summary>One sentence for each head whose class logit looks untrained.</summary>
    /// <param name="network">The network.</param>
    public ImmutableArray<string> FindUntrained(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var warnings = ImmutableArray.CreateBuilder<string>();
        foreach ((Head head, Convolution convolution, int[] channels) in Logits(network))
        {
            double bias = convolution.Bias is { } biases ? channels.Average(channel => biases.Floats[channel]) : 0;
            if (bias < Untrained)
            {
                warnings.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Head {head.Id} has one class and its class logit has bias {bias:0.00}: Darknet and OpenCV multiply every score by about {1 / (1 + Math.Exp(-bias)):0.00}. If the weights were trained by Python scripts that ignore this logit, pass --class-logit certain."));
            }
        }

        return warnings.ToImmutable();
    }

    /// <summary>The network with every single class logit certain: weights 0, bias <see cref="Certain"/>.</summary>
    /// <param name="network">The network.</param>
    public Network MakeCertain(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var certain = Logits(network).ToDictionary(
            static logit => logit.Head.Input, static logit => MakeCertain(logit.Convolution, logit.Channels), StringComparer.Ordinal);
        return certain.Count == 0
            ? network
            : network.With(
                network.Nodes.Select(node => certain.TryGetValue(node.Id, out Convolution? convolution) ? node with { Operation = convolution } : node),
                network.Heads);
    }

    private static Convolution MakeCertain(Convolution convolution, int[] channels)
    {
        float[] weights = convolution.Weight.Floats.ToArray();
        float[] biases = convolution.Bias?.Floats.ToArray() ?? new float[convolution.OutputChannels];
        int length = convolution.Weight.Shape.ElementsPerChannel;
        foreach (int channel in channels)
        {
            weights.AsSpan(channel * length, length).Clear();
            biases[channel] = Certain;
        }

        return convolution with { Weight = convolution.Weight.WithFloats(weights), Bias = Tensor.FromFloats(biases) };
    }

    private IEnumerable<(Head Head, Convolution Convolution, int[] Channels)> Logits(Network network)
    {
        foreach (Head head in network.Heads)
        {
            if (network.Find(head.Input)?.Operation is Convolution convolution
                && describe(head, network.ShapeOf(head.Input)) is { Classes: 1 } layout)
            {
                yield return (head, convolution, [.. Enumerable.Range(0, layout.Channels.Length).Where(channel => layout.Channels[channel].Role == HeadChannelRole.Class)]);
            }
        }
    }
}
