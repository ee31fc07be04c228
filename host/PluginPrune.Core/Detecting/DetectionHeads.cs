using System.Collections.Immutable;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Detecting;

/// <summary>The heads of a network that find objects, with what understands them.</summary>
public sealed class DetectionHeads
{
    private readonly ImmutableArray<(Head Head, IDetectionHead Decoder, Shape Shape)> _heads;
    private readonly Shape _picture;

    private DetectionHeads(ImmutableArray<(Head Head, IDetectionHead Decoder, Shape Shape)> heads, Shape picture, int classes)
    {
        _heads = heads;
        _picture = picture;
        Classes = classes;
        Values = [.. heads.Select(static head => head.Head.Input)];
    }

    /// <summary>How many classes the network knows.</summary>
    public int Classes { get; }

    /// <summary>The values that the heads read, in the heads' order.</summary>
    public ImmutableArray<string> Values { get; }

    /// <summary>Finds them.</summary>
    /// <param name="network">The network.</param>
    /// <param name="find">Gives what understands a kind of heads.</param>
    /// <exception cref="EvaluationException">There are none, or they do not go together.</exception>
    /// <exception cref="HeadException">A head contradicts itself.</exception>
    public static DetectionHeads Of(Network network, Func<string, IHead> find)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(find);
        if (network.Inputs is not [var input] || input.Shape.Rank != 3)
        {
            throw new EvaluationException($"The network '{network.Name}' takes {network.Inputs.Length} inputs; objects are found by networks that take one picture.");
        }

        var found = ImmutableArray.CreateBuilder<(Head, IDetectionHead, Shape)>();
        int? classes = null;
        foreach (Head head in network.Heads)
        {
            if (find(head.Kind) is not IDetectionHead decoder)
            {
                continue;
            }

            Shape shape = network.ShapeOf(head.Input);
            int own = decoder.Describe(head, shape).Classes;
            classes ??= own;
            if (own != classes)
            {
                throw new EvaluationException($"Head '{head.Id}' ({head.Origin}) has {own} classes, the one before it {classes}; all heads of a network must have the same.");
            }

            found.Add((head, decoder, shape));
        }

        return classes is { } count
            ? new DetectionHeads(found.ToImmutable(), input.Shape, count)
            : throw new EvaluationException(network.Heads.IsEmpty
                ? $"The network '{network.Name}' has no heads: nothing says what its outputs mean."
                : $"The network '{network.Name}' has no heads that find objects; it has {string.Join(", ", network.Heads.Select(static head => head.Kind).Distinct(StringComparer.Ordinal))}.");
    }

    /// <summary>Makes boxes of one picture's raw outputs.</summary>
    /// <param name="outputs">The values, in the order of <see cref="Values"/>.</param>
    /// <param name="picture">The picture's place in the batch.</param>
    /// <param name="candidates">Takes the boxes; it is emptied first.</param>
    public void Decode(ImmutableArray<Batch<float>> outputs, int picture, Candidates candidates)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        candidates.Clear();
        for (int i = 0; i < _heads.Length; i++)
        {
            (Head head, IDetectionHead decoder, Shape shape) = _heads[i];
            decoder.Decode(head, _picture, shape, outputs[i][picture], candidates);
        }
    }
}
