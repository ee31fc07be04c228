using System.Collections.Immutable;

namespace PluginPrune.Core.Training;

/// <summary>How well anchors fit the objects of a dataset.</summary>
/// <param name="MeanIou">The IoU of an object's size with the anchor that fits it best, on the average; 0 to 1.</param>
/// <param name="Recalls">For each of <see cref="Limits"/> the share of objects whose best anchor's IoU is above it: the best possible recall of a head that asks so much.</param>
public sealed record AnchorFit(double MeanIou, ImmutableArray<double> Recalls)
{
    /// <summary>The IoUs for which recalls are told: that of the scripts' training, and more.</summary>
    public static ImmutableArray<double> Limits { get; } = [0.2635, 0.5, 0.75];

    /// <summary>By how much sides may differ for an anchor to reach an object in YOLOv5: not four times.</summary>
    public const double LeastSideRatio = 0.25;

    /// <summary>The share of objects that an anchor reaches so: YOLOv5's best possible recall.</summary>
    public double SideRecall { get; private init; }

    /// <summary>The ratio of sides of an object and the anchor that fits it best, on the average, 0 for what none reaches: what YOLOv5's AutoAnchor makes larger.</summary>
    public double MeanSides { get; private init; }

    /// <summary>What is measured by one of the measures.</summary>
    public double MeanBy(AnchorMeasure measure) => measure == AnchorMeasure.Iou ? MeanIou : MeanSides;

    /// <summary>Measures.</summary>
    /// <param name="boxes">The objects, at least one.</param>
    /// <param name="anchors">The anchors, at least one.</param>
    public static AnchorFit Of(ImmutableArray<BoxSize> boxes, ImmutableArray<BoxSize> anchors)
    {
        double sum = 0;
        int[] above = new int[Limits.Length];
        foreach (BoxSize box in boxes)
        {
            double best = Best(box, anchors.AsSpan(), AnchorMeasure.Iou);
            sum += best;
            for (int i = 0; i < above.Length; i++)
            {
                above[i] += best > Limits[i] ? 1 : 0;
            }
        }

        return new AnchorFit(sum / boxes.Length, [.. above.Select(count => (double)count / boxes.Length)])
        {
            SideRecall = (double)boxes.Count(box => Best(box, anchors.AsSpan(), AnchorMeasure.Sides) > LeastSideRatio) / boxes.Length,
            MeanSides = MeanOf(boxes.AsSpan(), anchors.AsSpan(), AnchorMeasure.Sides),
        };
    }

    /// <summary>The mean alone.</summary>
    internal static double MeanOf(ReadOnlySpan<BoxSize> boxes, ReadOnlySpan<BoxSize> anchors, AnchorMeasure measure)
    {
        double sum = 0;
        foreach (BoxSize box in boxes)
        {
            double best = Best(box, anchors, measure);
            sum += measure == AnchorMeasure.Iou || best > LeastSideRatio ? best : 0;
        }

        return sum / boxes.Length;
    }

    private static double Best(BoxSize box, ReadOnlySpan<BoxSize> anchors, AnchorMeasure measure)
    {
        double best = 0;
        foreach (BoxSize anchor in anchors)
        {
            best = Math.Max(best, box.Agreement(anchor, measure));
        }

        return best;
    }
}
