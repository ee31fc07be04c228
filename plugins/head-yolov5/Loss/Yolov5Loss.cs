using System.Numerics;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Training;
using PluginPrune.Shared.Losses;

namespace PluginPrune.HeadYolov5.Loss;

/// <summary>
/// The loss of one detection layer of YOLOv5: the mean over matches of 1 - CIoU, the mean over all anchors of all cells of the
/// cross-entropy of objectness with the CIoU of what was matched, and the mean over matches and classes of that of classes.
/// </summary>
/// <remarks>
/// Held constant where derivatives are taken: what is matched, the CIoU that is learnt as objectness, and the alpha of CIoU. Where an
/// anchor learns several objects, each counts for box and classes, and the best CIoU is the objectness; YOLOv5 leaves that to their order. Everything
/// is computed in double precision, whatever the raw outputs are.
/// </remarks>
/// <param name="options">What counts how much.</param>
/// <param name="grid">The head.</param>
internal sealed class Yolov5Loss(Yolov5Options options, LevelGrid grid)
{
    private const int Objectness = Yolov5Layout.Coordinates;

    private readonly LevelGains _gains = LevelGains.Of(options, grid);
    private readonly Score _objectness = new(options.ObjectnessPositive, options.Focal);
    private readonly Score _class = new(options.ClassPositive, options.Focal);

    /// <summary>Computes it.</summary>
    /// <param name="values">The raw outputs.</param>
    /// <param name="targets">Each picture's objects.</param>
    /// <exception cref="HeadException">The objects are not those of so many pictures, or not of this head.</exception>
    public HeadLoss<T> Compute<T>(Batch<T> values, IReadOnlyList<IReadOnlyList<TrainingTarget>> targets)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (targets.Count != values.Size)
        {
            throw new HeadException($"Head '{grid.Head.Id}' ({grid.Head.Origin}) got {values.Size} pictures and the objects of {targets.Count}.");
        }

        var matcher = new TargetMatcher(grid, options.AnchorRatio);
        List<Match>[] matches = [.. targets.Select((objects, i) => matcher.Match(i, objects))];
        double each = 1.0 / Math.Max(matches.Sum(static ofPicture => ofPicture.Count), 1);
        double ofCell = _gains.Objectness / ((double)values.Size * grid.Anchors * grid.Places);
        var gradient = new Batch<T>(values.Size, values.Shape, new T[values.Elements.Length]);
        double[] wanted = new double[grid.Anchors * grid.Places];
        double[] weights = new double[wanted.Length];
        (double box, double objectness, double classes) = (0, 0, 0);
        for (int i = 0; i < matches.Length; i++)
        {
            Array.Clear(wanted);
            Array.Fill(weights, 1);
            foreach (Match match in matches[i])
            {
                double weight = each * match.Target.Weight;
                box += AddBox(values[i], gradient[i], match, _gains.Box * weight, out double ciou);
                classes += AddClasses(values[i], gradient[i], match, _gains.Class * weight / grid.Classes);
                double learnt = 1 - options.ObjectnessIou + (options.ObjectnessIou * Math.Max(ciou, 0));
                int at = (match.Anchor * grid.Places) + match.Place;
                if (learnt > wanted[at])
                {
                    (wanted[at], weights[at]) = (learnt, match.Target.Weight);
                }
            }

            objectness += AddObjectness(values[i], gradient[i], wanted, weights, ofCell);
        }

        return new HeadLoss<T>([new("box", box), new("objectness", objectness), new("class", classes)], gradient);
    }

    private double AddBox<T>(ReadOnlySpan<T> values, Span<T> gradient, in Match match, double scale, out double ciou)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (CenterBox box, CenterBox slope) = grid.Decode(values, match.Anchor, match.Place);
        BoxOverlap overlap = BoxOverlap.Of(BoxMeasure.Ciou, box, match.Target.Box);
        grid.Add(overlap.Slope.Times(slope).Times(scale), gradient, match.Anchor, match.Place);
        ciou = 1 - overlap.Loss;
        return scale * overlap.Loss;
    }

    private double AddClasses<T>(ReadOnlySpan<T> values, Span<T> gradient, in Match match, double scale)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0;
        for (int i = 0; scale > 0 && i < grid.Classes; i++)
        {
            double wanted = i == match.Target.ClassIndex ? 1 - (options.Smoothing / 2) : options.Smoothing / 2;
            sum += _class.Add(values, gradient, grid.Offset(match.Anchor, Objectness + 1 + i) + match.Place, wanted, scale);
        }

        return sum;
    }

    private double AddObjectness<T>(ReadOnlySpan<T> values, Span<T> gradient, double[] wanted, double[] weights, double scale)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0;
        for (int anchor = 0; anchor < grid.Anchors; anchor++)
        {
            int first = grid.Offset(anchor, Objectness);
            int cell = anchor * grid.Places;
            for (int place = 0; place < grid.Places; place++)
            {
                sum += _objectness.Add(values, gradient, first + place, wanted[cell + place], scale * weights[cell + place]);
            }
        }

        return sum;
    }
}
