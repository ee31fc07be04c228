using System.Collections.Immutable;
using PluginPrune.Contracts.Numerics;

namespace PluginPrune.Core.Training;

/// <summary>
/// Finds anchors for the objects of a dataset: k-means with 1 - IoU as the distance (Redmon and Farhadi 2016, section 2), begun as
/// k-means++ does (Arthur and Vassilvitskii 2007), the best of a few beginnings; then small random changes, of which those stay that
/// raise the mean IoU with the best anchor. By the ratio of sides, as YOLOv5's AutoAnchor does, that takes the place of the IoU. The
/// same seed gives the same anchors.
/// </summary>
/// <param name="seed">The seed of everything random.</param>
/// <param name="measure">What tells how well an anchor fits.</param>
public sealed class AnchorSearch(int seed, AnchorMeasure measure = AnchorMeasure.Iou)
{
    private const int Beginnings = 5;
    private const int MostRounds = 100;
    private const int Changes = 2000;

    // A change touches each number with this probability, by this factor's power of a normal number.
    private const double ChangedShare = 0.3;
    private const double Spread = 0.1;

    // Enough to know the sizes by; more would only take longer.
    private const int MostBoxes = 20000;

    /// <summary>Finds anchors.</summary>
    /// <param name="boxes">The objects.</param>
    /// <param name="count">How many anchors, at least 1; no more than there are sizes.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>By area, smallest first.</returns>
    /// <exception cref="ArgumentException">There are fewer different sizes than anchors wanted.</exception>
    public ImmutableArray<BoxSize> Find(ImmutableArray<BoxSize> boxes, int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        BoxSize[] sample = [.. Thin(boxes)];
        int different = sample.Distinct().Count();
        if (different < count)
        {
            throw new ArgumentException($"The boxes have {different} different sizes; {count} anchors need as many.", nameof(count));
        }

        var random = new SeededRandom(unchecked((ulong)seed));
        BoxSize[] best = [];
        double bestMean = -1;
        for (int i = 0; i < Beginnings; i++)
        {
            BoxSize[] anchors = Cluster(sample, Begin(sample, count, random), cancellationToken);
            double mean = AnchorFit.MeanOf(sample, anchors, measure);
            (best, bestMean) = mean > bestMean ? (anchors, mean) : (best, bestMean);
        }

        return [.. Refine(sample, best, bestMean, random, cancellationToken).OrderBy(static anchor => anchor.Area).ThenBy(static anchor => anchor.Width)];
    }

    private static IEnumerable<BoxSize> Thin(ImmutableArray<BoxSize> boxes)
    {
        int count = Math.Min(boxes.Length, MostBoxes);
        for (long i = 0; i < count; i++)
        {
            yield return boxes[(int)(i * boxes.Length / count)];
        }
    }

    /// <summary>Boxes of the sample, each the likelier the farther it is from those taken before.</summary>
    private BoxSize[] Begin(BoxSize[] boxes, int count, SeededRandom random)
    {
        var anchors = new BoxSize[count];
        anchors[0] = boxes[random.NextBelow(boxes.Length)];
        double[] distances = [.. Enumerable.Repeat(double.PositiveInfinity, boxes.Length)];
        for (int i = 1; i < count; i++)
        {
            double sum = 0;
            for (int b = 0; b < boxes.Length; b++)
            {
                // Squared, as k-means++ has it; exactly 0 for a size that is taken, whatever rounding does to its agreement.
                double distance = boxes[b] == anchors[i - 1] ? 0 : 1 - boxes[b].Agreement(anchors[i - 1], measure);
                distances[b] = Math.Min(distances[b], distance * distance);
                sum += distances[b];
            }

            anchors[i] = boxes[Draw(distances, random.NextDouble() * sum)];
        }

        return anchors;
    }

    private static int Draw(double[] weights, double point)
    {
        int last = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] > 0)
            {
                last = i;
                point -= weights[i];
                if (point < 0)
                {
                    break;
                }
            }
        }

        return last;
    }

    private BoxSize[] Cluster(BoxSize[] boxes, BoxSize[] anchors, CancellationToken cancellationToken)
    {
        int[] nearest = new int[boxes.Length];
        Array.Fill(nearest, -1);
        for (int round = 0; round < MostRounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool hasMoved = false;
            var sums = new (double Width, double Height, int Count)[anchors.Length];
            for (int b = 0; b < boxes.Length; b++)
            {
                int closest = 0;
                for (int i = 1; i < anchors.Length; i++)
                {
                    closest = boxes[b].Agreement(anchors[i], measure) > boxes[b].Agreement(anchors[closest], measure) ? i : closest;
                }

                hasMoved |= nearest[b] != closest;
                nearest[b] = closest;
                ref (double Width, double Height, int Count) sum = ref sums[closest];
                sum = (sum.Width + boxes[b].Width, sum.Height + boxes[b].Height, sum.Count + 1);
            }

            if (!hasMoved)
            {
                break;
            }

            for (int i = 0; i < anchors.Length; i++)
            {
                // An anchor that no box is nearest to stays; the changes that follow move it.
                anchors[i] = sums[i].Count > 0 ? new BoxSize(sums[i].Width / sums[i].Count, sums[i].Height / sums[i].Count) : anchors[i];
            }
        }

        return anchors;
    }

    private BoxSize[] Refine(BoxSize[] boxes, BoxSize[] anchors, double mean, SeededRandom random, CancellationToken cancellationToken)
    {
        var changed = new BoxSize[anchors.Length];
        for (int i = 0; i < Changes; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int a = 0; a < anchors.Length; a++)
            {
                changed[a] = new BoxSize(anchors[a].Width * Factor(random), anchors[a].Height * Factor(random));
            }

            double better = AnchorFit.MeanOf(boxes, changed, measure);
            if (better > mean)
            {
                mean = better;
                (anchors, changed) = (changed, anchors);
            }
        }

        return anchors;
    }

    private static double Factor(SeededRandom random)
    {
        if (random.NextDouble() >= ChangedShare)
        {
            return 1;
        }

        // Box and Muller; 1 - x is never 0.
        double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return Math.Exp(Spread * normal);
    }
}
