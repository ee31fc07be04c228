using System.Numerics;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Training;
using PluginPrune.Shared.Losses;

namespace PluginPrune.HeadYolov5.Loss;

/// <summary>
/// What a detection layer learns from another network's (Mehta and Ozturk 2018, section 3.1): the objectness of every anchor of every
/// cell, and boxes and classes as far as the teacher sees an object there.
/// </summary>
/// <remarks>
/// Scores count by the divergence of Kullback and Leibler between probabilities whose logits are divided by the temperature, times its
/// square (Hinton et al. 2015, section 2). Each part counts as in <see cref="Yolov5Loss"/>, with the teacher's objectness where that has
/// matches. Anchors are compared in their order, boxes in pixels.
/// </remarks>
/// <param name="options">What counts how much.</param>
/// <param name="grid">The student's head.</param>
/// <param name="teacher">The teacher's head.</param>
internal sealed class Yolov5Distillation(Yolov5Options options, LevelGrid grid, LevelGrid teacher)
{
    private const int Objectness = Yolov5Layout.Coordinates;

    private static readonly CrossEntropy Entropy = new(positive: 1, exponent: 0);

    private readonly LevelGains _gains = LevelGains.Of(options, grid);

    /// <summary>Computes it.</summary>
    /// <param name="batch">The raw outputs of both.</param>
    /// <exception cref="HeadException">The heads do not go together.</exception>
    public HeadLoss<T> Compute<T>(HeadDistillation<T> batch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(batch);
        var gradient = new Batch<T>(batch.Values.Size, batch.Values.Shape, new T[batch.Values.Elements.Length]);
        double each = 1 / Math.Max(SumObjectness(batch.TeacherValues), 1);
        double ofCell = batch.ScoreGain * _gains.Objectness / ((double)batch.Values.Size * grid.Anchors * grid.Places);
        (double box, double objectness, double classes) = (0, 0, 0);
        for (int i = 0; i < batch.Values.Size; i++)
        {
            ReadOnlySpan<T> values = batch.Values[i];
            ReadOnlySpan<T> wanted = batch.TeacherValues[i];
            for (int anchor = 0; anchor < grid.Anchors; anchor++)
            {
                for (int place = 0; place < grid.Places; place++)
                {
                    double logit = Logit(wanted, anchor, Objectness, place);
                    double share = each * Probability(logit);
                    objectness += Diverge(values, gradient[i], grid.Offset(anchor, Objectness) + place, logit, batch.Temperature, ofCell);
                    box += AddBox(values, wanted, gradient[i], anchor, place, batch.BoxGain * _gains.Box * share);
                    double ofClass = batch.ScoreGain * _gains.Class * share / grid.Classes;
                    for (int c = 0; ofClass > 0 && c < grid.Classes; c++)
                    {
                        int channel = Objectness + 1 + c;
                        classes += Diverge(values, gradient[i], grid.Offset(anchor, channel) + place, Logit(wanted, anchor, channel, place), batch.Temperature, ofClass);
                    }
                }
            }
        }

        return new HeadLoss<T>([new("box", box), new("objectness", objectness), new("class", classes)], gradient);
    }

    private static double Probability(double logit) => 1 / (1 + Math.Exp(-logit));

    private static double Diverge<T>(ReadOnlySpan<T> values, Span<T> gradient, int at, double teacherLogit, double temperature, double scale)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double wanted = teacherLogit / temperature;
        double target = Probability(wanted);
        double loss = Entropy.Of(double.CreateTruncating(values[at]) / temperature, target, out double slope) - Entropy.Of(wanted, target, out _);
        gradient[at] += T.CreateTruncating(scale * temperature * slope);
        return scale * temperature * temperature * loss;
    }

    private double AddBox<T>(ReadOnlySpan<T> values, ReadOnlySpan<T> wanted, Span<T> gradient, int anchor, int place, double scale)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (scale == 0)
        {
            return 0;
        }

        (CenterBox box, CenterBox slope) = grid.Decode(values, anchor, place);
        BoxOverlap overlap = BoxOverlap.Of(BoxMeasure.Ciou, box, teacher.Decode(wanted, anchor, place).Box.ToBox());
        grid.Add(overlap.Slope.Times(slope).Times(scale), gradient, anchor, place);
        return scale * overlap.Loss;
    }

    private double Logit<T>(ReadOnlySpan<T> wanted, int anchor, int channel, int place)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => double.CreateTruncating(wanted[teacher.Offset(anchor, channel) + place]);

    private double SumObjectness<T>(Batch<T> wanted)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0;
        for (int i = 0; i < wanted.Size; i++)
        {
            for (int anchor = 0; anchor < teacher.Anchors; anchor++)
            {
                for (int place = 0; place < teacher.Places; place++)
                {
                    sum += Probability(Logit(wanted[i], anchor, Objectness, place));
                }
            }
        }

        return sum;
    }

    private void Check<T>(HeadDistillation<T> batch)
        where T : unmanaged
    {
        string? misfit = batch.Values.Size != batch.TeacherValues.Size ? $"has {batch.Values.Size} pictures, and the teacher's {batch.TeacherValues.Size}"
            : grid.Anchors != teacher.Anchors ? $"has {grid.Anchors} anchors, and the teacher's {teacher.Anchors}"
            : (grid.Rows, grid.Columns) != (teacher.Rows, teacher.Columns) ? $"has {grid.Rows} x {grid.Columns} cells, and the teacher's {teacher.Rows} x {teacher.Columns}"
            : batch.ScoreGain > 0 && grid.Classes != teacher.Classes ? $"has {grid.Classes} classes, and the teacher's {teacher.Classes}"
            : null;
        if (misfit is not null)
        {
            throw new HeadException($"Head '{grid.Head.Id}' ({grid.Head.Origin}) learns from head '{teacher.Head.Id}' ({teacher.Head.Origin}) of its teacher: it {misfit}.");
        }
    }
}
