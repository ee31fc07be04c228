using System.Numerics;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Training;
using PluginPrune.Shared.Losses;

namespace PluginPrune.HeadYolo.Loss;

/// <summary>The loss of a YOLOv3 head: boxes of positive anchors, objectness of all, classes of positive ones.</summary>
/// <remarks>
/// Held constant where derivatives are taken: which anchors are positive or ignored, the IoU that is learnt as objectness, and the
/// alpha of CIoU. Everything is computed in double precision, whatever the raw outputs are.
/// </remarks>
/// <param name="options">What counts how much.</param>
/// <param name="grid">The head.</param>
internal sealed class YoloLoss(YoloOptions options, YoloGrid grid)
{
    private const int Objectness = AnchorLayout.Coordinates;

    // What Darknet's 'ignore_thresh' is where the head does not say.
    private const double IgnoreThreshold = 0.5;

    private readonly ScoreLoss _objectness = new(new CrossEntropy(options.ObjectnessPositive, options.ObjectnessFocal), grid.IsActivated);
    private readonly ScoreLoss _class = new(new CrossEntropy(options.ClassPositive, options.ClassFocal), grid.IsActivated);

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

        var pictures = new PictureTargets[values.Size];
        var ignored = new IgnoredCells(grid, options.IgnoreIou ?? grid.Head.Number("ignore_thresh", IgnoreThreshold));
        int positives = 0;
        for (int i = 0; i < pictures.Length; i++)
        {
            pictures[i] = new PictureTargets(grid, i, targets[i], options.AnchorIou);
            ignored.Mark<T>(values[i], pictures[i]);
            positives += pictures[i].Positives.Count;
        }

        double objectness = grid.ObjectnessScale(options, pictures.Length);
        double each = 1.0 / (options.Average == LossAverage.Pictures ? pictures.Length : Math.Max(positives, 1));
        var gradient = new Batch<T>(values.Size, values.Shape, new T[values.Elements.Length]);
        LossSums sums = default;
        for (int i = 0; i < pictures.Length; i++)
        {
            AddNegatives(values[i], gradient[i], pictures[i], objectness, ref sums);
            foreach (Positive positive in pictures[i].Positives)
            {
                TrainingTarget target = pictures[i].Targets[positive.Target];
                double iou = AddBox(values[i], gradient[i], positive, target, each, ref sums);
                double wanted = 1 - options.ObjectnessIou + (options.ObjectnessIou * iou);
                int at = grid.Offset(positive.Anchor, Objectness) + positive.Place;
                sums.Objectness += _objectness.Add(values[i], gradient[i], at, wanted, objectness * target.Weight);
                AddClasses(values[i], gradient[i], positive, target, each, ref sums);
            }
        }

        return new HeadLoss<T>([new("box", sums.Box), new("objectness", sums.Objectness), new("class", sums.Class)], gradient);
    }

    private void AddNegatives<T>(ReadOnlySpan<T> values, Span<T> gradient, PictureTargets picture, double scale, ref LossSums sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int anchor = 0; anchor < grid.Anchors; anchor++)
        {
            int first = grid.Offset(anchor, Objectness);
            ReadOnlySpan<int> states = picture.States.Slice(anchor * grid.Places, grid.Places);
            for (int place = 0; place < states.Length; place++)
            {
                if (states[place] == CellState.Negative)
                {
                    sums.Objectness += _objectness.Add(values, gradient, first + place, 0, scale);
                }
            }
        }
    }

    private double AddBox<T>(
        ReadOnlySpan<T> values, Span<T> gradient, in Positive positive, in TrainingTarget target, double each, ref LossSums sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double scale = options.BoxGain * each * target.Weight;
        CenterBox raw = RawBox.At(values, grid, positive.Anchor, positive.Place);
        BoxOverlap overlap = BoxOverlap.Of(options.Box.Measure(), grid.Decode(raw, positive.Anchor, positive.Place), target.Box);
        RawBox.Write(overlap.Slope.Times(grid.Slope(raw, positive.Anchor)).Times(scale), gradient, grid, positive.Anchor, positive.Place);
        sums.Box += scale * overlap.Loss;
        return overlap.Iou;
    }

    private void AddClasses<T>(
        ReadOnlySpan<T> values, Span<T> gradient, in Positive positive, in TrainingTarget target, double each, ref LossSums sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double scale = options.ClassGain * each * target.Weight;
        for (int i = 0; i < grid.Classes; i++)
        {
            double wanted = i == target.ClassIndex ? 1 - (options.Smoothing / 2) : options.Smoothing / 2;
            int at = grid.Offset(positive.Anchor, Objectness + 1 + i) + positive.Place;
            sums.Class += _class.Add(values, gradient, at, wanted, scale);
        }
    }
}
