using System.Collections.Immutable;

namespace PluginPrune.Core.Training;

/// <summary>How well anchors fit the objects of a dataset.</summary>
/// <param name="MeanIou">The IoU of an object's size with the anchor that fits it best, on the average; 0 to 1.</param>
/// <param name="Recalls">For each of <see cref="Limits"/> the share of objects whose best anchor's IoU is above it: the best possible recall of a head that asks so much.</param>
public sealed record AnchorFit(double MeanIou, ImmutableArray<double> Recalls)
{
    /// <summary>The IoUs for which recalls are told: that of the scripts' training, and more.</summary>
    public static ImmutableArray<double> Limits { get; } = [0.2635, 0.5, 0.75];

    /// <summary>Measures.</summary>
    /// <param name="boxes">The objects, at least one.</param>
    /// <param name="anchors">The anchors, at least one.</param>
    public static AnchorFit Of(ImmutableArray<BoxSize> boxes, ImmutableArray<BoxSize> anchors)
    {
        double sum = 0;
        int[] above = new int[Limits.Length];
        foreach (BoxSize box in boxes)
        {
            double best = BestIou(box, anchors.AsSpan());
            sum += best;
            for (int i = 0; i < above.Length; i++)
            {
                above[i] += best > Limits[i] ? 1 : 0;
            }
        }

        return new AnchorFit(sum / boxes.Length, [.. above.Select(count => (double)count / boxes.Length)]);
    }

    /// <summary>The mean alone.</summary>
    internal static double MeanOf(ReadOnlySpan<BoxSize> boxes, ReadOnlySpan<BoxSize> anchors)
    {
        double sum = 0;
        foreach (BoxSize box in boxes)
        {
            sum += BestIou(box, anchors);
        }

        return sum / boxes.Length;
    }

    private static double BestIou(BoxSize box, ReadOnlySpan<BoxSize> anchors)
    {
        double best = 0;
        foreach (BoxSize anchor in anchors)
        {
            best = Math.Max(best, box.Iou(anchor));
        }

        return best;
    }
}
