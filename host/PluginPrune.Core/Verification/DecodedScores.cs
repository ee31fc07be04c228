using System.Collections.Immutable;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Verification;

/// <summary>
/// What the scores of boxes tell of a picture, for networks that decode boxes themselves. Their outputs are mostly the places of cells in pixels,
/// which any network of that kind reproduces: what varies over them says nothing. Here scores count alone, as they were before their
/// sigmoid, and what varies is what differs between two pictures.
/// </summary>
internal sealed class DecodedScores
{
    // Single precision does not tell probabilities closer to 0 or 1 apart from these.
    private const double Least = 1e-6;

    private readonly ImmutableArray<(Head Head, IDetectionHead Decoder, Shape Shape)> _heads;
    private readonly Shape _picture;

    private DecodedScores(ImmutableArray<(Head Head, IDetectionHead Decoder, Shape Shape)> heads, Shape picture)
    {
        _heads = heads;
        _picture = picture;
        Values = [.. heads.Select(static head => head.Head.Input)];
    }

    /// <summary>The values that hold decoded boxes.</summary>
    public ImmutableArray<string> Values { get; }

    /// <summary>Finds the heads of a network whose boxes are decoded; null where it has none, or others beside them.</summary>
    public static DecodedScores? Of(Network network, Func<string, IHead> findHead)
    {
        // What a head reads in cells it decodes itself; a list of boxes was decoded before.
        if (network.Heads.IsEmpty || network.Inputs.Length != 1 || network.Heads.Any(head => network.ShapeOf(head.Input).Rank != 2))
        {
            return null;
        }

        var heads = ImmutableArray.CreateBuilder<(Head, IDetectionHead, Shape)>();
        foreach (Head head in network.Heads)
        {
            if (findHead(head.Kind) is not IDetectionHead decoder)
            {
                return null;
            }

            heads.Add((head, decoder, network.ShapeOf(head.Input)));
        }

        return new DecodedScores(heads.ToImmutable(), network.Inputs[0].Shape);
    }

    /// <summary>As <see cref="OutputDifference.OfWhatVaries"/>: how far scores have changed over how far they differ between two pictures.</summary>
    /// <param name="reference">The original's values of one picture.</param>
    /// <param name="another">The original's values of another picture.</param>
    /// <param name="changed">The changed network's values of the first one.</param>
    public double? ChangeOf(ImmutableArray<Batch<float>> reference, ImmutableArray<Batch<float>> another, ImmutableArray<Batch<float>> changed)
    {
        double difference = 0;
        double varying = 0;
        for (int i = 0; i < _heads.Length; i++)
        {
            (double[] wanted, double[] other, double[] found) = (LogitsOf(i, reference[i]), LogitsOf(i, another[i]), LogitsOf(i, changed[i]));
            if (found.Length != wanted.Length || other.Length != wanted.Length)
            {
                // A decoder that leaves boxes out although no score is too small: which is which is not known.
                return null;
            }

            for (int k = 0; k < wanted.Length; k++)
            {
                difference += (found[k] - wanted[k]) * (found[k] - wanted[k]);

                // Of two numbers half the square of their distance is the variance: one that ignores the picture scores 1.
                varying += (other[k] - wanted[k]) * (other[k] - wanted[k]) / 2;
            }
        }

        return varying > 0 ? Math.Sqrt(difference / varying) : null;
    }

    private double[] LogitsOf(int index, Batch<float> values)
    {
        (Head head, IDetectionHead decoder, Shape shape) = _heads[index];
        int classes = decoder.Describe(head, shape).Classes;

        // No score is below 0: no box is left out.
        var candidates = new Candidates(classes, minimumScore: -1);
        decoder.Decode(head, _picture, shape, values[0], candidates);
        double[] logits = new double[candidates.Count * (classes + 1)];
        for (int box = 0; box < candidates.Count; box++)
        {
            int at = box * (classes + 1);
            logits[at] = LogitOf(candidates.ObjectnessAt(box));
            foreach (float score in candidates.ClassScoresAt(box))
            {
                logits[++at] = LogitOf(score);
            }
        }

        return logits;
    }

    // What is no number at all is as far from anything as can be.
    private static double LogitOf(float probability)
    {
        double clamped = Math.Clamp(probability, Least, 1 - Least);
        return float.IsNaN(probability) ? double.PositiveInfinity : Math.Log(clamped / (1 - clamped));
    }
}
