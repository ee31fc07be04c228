using System.Collections.Immutable;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;
using PluginPrune.EvaluatorDetection;

namespace PluginPrune.Plugins.Tests.Evaluators.Metrics;

/// <summary>
/// Labelled detections drawn from a seed: boxes on a coarse grid with a few scores, so that equal overlaps and equal scores
/// abound; crowds, difficult objects, classes and pictures without objects or detections.
/// </summary>
internal static class GeneratedCase
{
    public static (LabelledDetections[] Pictures, int Classes) Make(int seed)
    {
        var random = new Random(seed);
        int classes = random.Next(1, 5);
        int present = random.Next(1, classes + 1);
        bool hasIgnored = random.Next(2) == 0;
        int detections = random.Next(5) == 0 ? 0 : random.Next(2, random.Next(3) == 0 ? 130 : 30);
        double scale = random.Next(2) == 0 ? 4 : 17;
        return ([.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => Picture(random, classes, present, hasIgnored, detections, scale))], classes);
    }

    private static LabelledDetections Picture(Random random, int classes, int present, bool hasIgnored, int detections, double scale)
    {
        var labels = ImmutableArray.CreateBuilder<ObjectLabel>();
        for (int i = random.Next(0, 7); i > 0; i--)
        {
            Box box = RandomBox(random, scale);
            labels.Add(new ObjectLabel(random.Next(present), box)
            {
                IsCrowd = hasIgnored && random.Next(6) == 0,
                IsDifficult = hasIgnored && random.Next(6) == 0,
                Area = random.Next(3) == 0 ? box.Area * random.NextDouble() : null,
            });
        }

        var found = ImmutableArray.CreateBuilder<Detection>();
        for (int i = random.Next(0, detections + 1); i > 0; i--)
        {
            double score = random.Next(4) == 0 ? random.NextDouble() : random.Next(1, 20) / 20.0;
            ObjectLabel? near = labels.Count > 0 && random.Next(4) > 0 ? labels[random.Next(labels.Count)] : null;
            Box box = near is null ? RandomBox(random, scale) : random.Next(5) == 0 ? near.Box : Moved(near.Box, random, scale);
            found.Add(new Detection(box, near is not null && random.Next(6) > 0 ? near.ClassIndex : random.Next(classes), score));
        }

        return new LabelledDetections(
            random.Next(2) == 0 ? found.ToImmutable() : [.. found.OrderByDescending(static detection => detection.Score)], labels.ToImmutable());
    }

    private static Box RandomBox(Random random, double scale)
    {
        int x = random.Next(0, 8);
        int y = random.Next(0, 8);
        return new Box(x, y, x + random.Next(1, 11), y + random.Next(1, 11)).Scale(scale, scale);
    }

    private static Box Moved(Box box, Random random, double scale)
    {
        Box moved = new(
            box.Left + (scale * random.Next(-1, 2)), box.Top + (scale * random.Next(-1, 2)), box.Right + (scale * random.Next(-1, 2)), box.Bottom + (scale * random.Next(-1, 2)));
        return moved.IsEmpty ? box : moved;
    }
}
