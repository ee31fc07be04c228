using System.Collections.Immutable;
using System.Numerics;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;
using PluginPrune.HeadYolov5.Loss;

namespace PluginPrune.HeadYolov5;

/// <summary>
/// A detection layer of YOLOv5: for each anchor, one behind the other, the channels x, y, width, height, objectness and one for each
/// class. With s the logistic function of a channel and cells of a stride: centre = (2 s - 0.5 + cell) stride, size = (2 s)^2 anchor;
/// objectness and classes are s.
/// </summary>
/// <remarks>'anchors' are pairs of width and height in pixels of the network's input; 'level' is which of how many such layers it is.</remarks>
/// <param name="options">How it is trained; they change nothing of what it decodes.</param>
internal sealed class Yolov5Head(Yolov5Options options) : IDetectionHead, ITrainableHead, IDistillableHead, ICroppableHead
{
    private const int Coordinates = Yolov5Layout.Coordinates;

    /// <inheritdoc />
    public HeadLayout Describe(Head head, Shape input) => Yolov5Layout.Describe(head, input);

    /// <inheritdoc />
    public Head WithClasses(Head head, Shape input, ImmutableArray<int> classes)
    {
        ArgumentNullException.ThrowIfNull(head);
        Yolov5Layout.Count(head, input);
        return head with { Parameters = head.Parameters.SetItem("classes", [classes.Length]) };
    }

    /// <inheritdoc />
    public void Decode(Head head, Shape picture, Shape shape, ReadOnlySpan<float> values, Candidates candidates)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(candidates);
        (int anchors, int classes) = Yolov5Layout.Count(head, shape);
        if (classes != candidates.Classes)
        {
            throw new HeadException($"Head '{head.Id}' ({head.Origin}) has {classes} classes; {candidates.Classes} were expected.");
        }

        ImmutableArray<double> sizes = head.Parameters["anchors"];
        int places = shape.ElementsPerChannel;
        double cellWidth = (double)picture.Width / shape.Width;
        double cellHeight = (double)picture.Height / shape.Height;
        float least = Logistic.LogitBelow(candidates.MinimumScore);

        for (int place = 0; place < places; place++)
        {
            for (int anchor = 0; anchor < anchors; anchor++)
            {
                int at = (anchor * (Coordinates + 1 + classes) * places) + place;
                float logit = values[at + (Coordinates * places)];
                if (!(logit > least) || Logistic.Of(logit) is var objectness && !(objectness > (float)candidates.MinimumScore))
                {
                    continue;
                }

                double x = (2.0 * Logistic.Of(values[at])) - 0.5 + (place % shape.Width);
                double y = (2.0 * Logistic.Of(values[at + places])) - 0.5 + (place / shape.Width);
                double width = Square(2.0 * Logistic.Of(values[at + (2 * places)])) * sizes[2 * anchor];
                double height = Square(2.0 * Logistic.Of(values[at + (3 * places)])) * sizes[(2 * anchor) + 1];
                Span<float> scores = candidates.Add(Box.FromCenter(x * cellWidth, y * cellHeight, width, height), objectness);
                AddClasses(values[(at + ((Coordinates + 1) * places))..], places, Logistic.LogitBelow(candidates.MinimumScore / objectness), scores);
            }
        }
    }

    /// <inheritdoc />
    public HeadLoss<T> ComputeLoss<T>(Head head, Shape picture, Batch<T> values, IReadOnlyList<IReadOnlyList<TrainingTarget>> targets)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new Yolov5Loss(options, new LevelGrid(head, picture, values.Shape)).Compute(values, targets);

    /// <inheritdoc />
    public HeadLoss<T> ComputeDistillation<T>(HeadDistillation<T> distillation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new Yolov5Distillation(
            options,
            new LevelGrid(distillation.Head, distillation.Picture, distillation.Values.Shape),
            new LevelGrid(distillation.Teacher, distillation.Picture, distillation.TeacherValues.Shape)).Compute(distillation);

    /// <summary>Fills in the classes that can lift a box above the least score; the others stay 0.</summary>
    private static void AddClasses(ReadOnlySpan<float> values, int places, float least, Span<float> scores)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            if (values[i * places] > least)
            {
                scores[i] = Logistic.Of(values[i * places]);
            }
        }
    }

    private static double Square(double x) => x * x;
}
