using System.Numerics;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Training;
using PluginPrune.Shared.Losses;

namespace PluginPrune.HeadYolo.Loss;

/// <summary>
/// What a YOLOv3 head learns from another one's outputs (Mehta and Ozturk 2018, section 3.1): the objectness of every anchor
/// of every cell, and boxes and classes as far as the teacher sees an object there.
/// </summary>
/// <remarks>
/// It counts as <see cref="YoloLoss"/> does, with the teacher's objectness where that has positive anchors: objectness is averaged over
/// all anchors of all cells, boxes and classes over the sum of the teacher's objectness, or over pictures. Anchors are compared in
/// their order; boxes in pixels, so that anchors of other sizes do no harm. Everything is computed in double precision.
/// </remarks>
/// <param name="options">What counts how much.</param>
/// <param name="grid">The student's head.</param>
/// <param name="teacher">The teacher's head.</param>
internal sealed class YoloDistillation(YoloOptions options, YoloGrid grid, YoloGrid teacher)
{
    private const int Objectness = AnchorLayout.Coordinates;

    /// <summary>Computes it.</summary>
    /// <param name="batch">The raw outputs of both.</param>
    /// <exception cref="HeadException">The heads do not go together.</exception>
    public HeadLoss<T> Compute<T>(HeadDistillation<T> batch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(batch);
        double seen = 0;
        for (int i = 0; i < batch.TeacherValues.Size; i++)
        {
            seen += SumObjectness<T>(batch.TeacherValues[i]);
        }

        var scores = new ScoreDivergence(batch.Temperature, grid.IsActivated);
        var gradient = new Batch<T>(batch.Values.Size, batch.Values.Shape, new T[batch.Values.Elements.Length]);
        double objectness = batch.ScoreGain * grid.ObjectnessScale(options, batch.Values.Size);
        double each = 1.0 / (options.Average == LossAverage.Pictures ? batch.Values.Size : Math.Max(seen, 1));
        LossSums sums = default;
        for (int i = 0; i < batch.Values.Size; i++)
        {
            ReadOnlySpan<T> values = batch.Values[i];
            ReadOnlySpan<T> wanted = batch.TeacherValues[i];
            for (int anchor = 0; anchor < grid.Anchors; anchor++)
            {
                for (int place = 0; place < grid.Places; place++)
                {
                    double logit = TeacherLogit(wanted, anchor, Objectness, place);
                    double share = each / (1 + Math.Exp(-logit));
                    sums.Objectness += scores.Add(values, gradient[i], grid.Offset(anchor, Objectness) + place, logit, objectness);
                    sums.Box += AddBox(values, wanted, gradient[i], anchor, place, batch.BoxGain * options.BoxGain * share);
                    sums.Class += AddClasses(values, wanted, gradient[i], anchor, place, scores, batch.ScoreGain * options.ClassGain * share);
                }
            }
        }

        return new HeadLoss<T>([new("box", sums.Box), new("objectness", sums.Objectness), new("class", sums.Class)], gradient);
    }

    private void Check<T>(HeadDistillation<T> batch)
        where T : unmanaged
    {
        string both = $"Head '{grid.Head.Id}' ({grid.Head.Origin}) learns from head '{teacher.Head.Id}' ({teacher.Head.Origin}) of its teacher";
        string? misfit = batch.Values.Size != batch.TeacherValues.Size ? $"has {batch.Values.Size} pictures, and the teacher's {batch.TeacherValues.Size}"
            : grid.Anchors != teacher.Anchors ? $"has {grid.Anchors} anchors, and the teacher's {teacher.Anchors}"
            : (grid.Rows, grid.Columns) != (teacher.Rows, teacher.Columns) ? $"has {grid.Rows} x {grid.Columns} cells, and the teacher's {teacher.Rows} x {teacher.Columns}"
            : batch.ScoreGain > 0 && grid.Classes != teacher.Classes ? $"has {grid.Classes} classes, and the teacher's {teacher.Classes}"
            : null;
        if (misfit is not null)
        {
            throw new HeadException($"{both}: it {misfit}.");
        }
    }

    private double SumObjectness<T>(ReadOnlySpan<T> wanted)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0;
        for (int anchor = 0; anchor < teacher.Anchors; anchor++)
        {
            for (int place = 0; place < teacher.Places; place++)
            {
                sum += 1 / (1 + Math.Exp(-TeacherLogit(wanted, anchor, Objectness, place)));
            }
        }

        return sum;
    }

    private double TeacherLogit<T>(ReadOnlySpan<T> wanted, int anchor, int channel, int place)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        RawScore.Logit(double.CreateTruncating(wanted[teacher.Offset(anchor, channel) + place]), teacher.IsActivated, out _);

    private double AddBox<T>(ReadOnlySpan<T> values, ReadOnlySpan<T> wanted, Span<T> gradient, int anchor, int place, double scale)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (scale == 0)
        {
            return 0;
        }

        Box box = teacher.Decode(RawBox.At(wanted, teacher, anchor, place), anchor, place).ToBox();
        CenterBox raw = RawBox.At(values, grid, anchor, place);
        BoxOverlap overlap = BoxOverlap.Of(options.Box.Measure(), grid.Decode(raw, anchor, place), box);
        RawBox.Write(overlap.Slope.Times(grid.Slope(raw, anchor)).Times(scale), gradient, grid, anchor, place);
        return scale * overlap.Loss;
    }

    private double AddClasses<T>(
        ReadOnlySpan<T> values, ReadOnlySpan<T> wanted, Span<T> gradient, int anchor, int place, ScoreDivergence scores, double scale)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0;
        for (int i = 0; scale > 0 && i < grid.Classes; i++)
        {
            double logit = TeacherLogit(wanted, anchor, Objectness + 1 + i, place);
            sum += scores.Add(values, gradient, grid.Offset(anchor, Objectness + 1 + i) + place, logit, scale);
        }

        return sum;
    }
}
