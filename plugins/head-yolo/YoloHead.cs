using System.Collections.Immutable;
using System.Numerics;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;
using PluginPrune.HeadYolo.Decoding;
using PluginPrune.HeadYolo.Loss;

namespace PluginPrune.HeadYolo;

/// <summary>
/// The head of YOLOv3 (Redmon and Farhadi 2018, section 2): for each anchor, one behind the other, the channels x, y, width,
/// height, objectness and one for each class.
/// </summary>
/// <remarks>
/// 'scale_x_y' stretches the centre's range about the middle of its cell (Bochkovskiy et al. 2020, section 3.3: grid
/// sensitivity). With 'new_coords' (Scaled-YOLOv4) the layer before has applied the logistic function to everything, and sizes
/// are (2 v)^2 anchors instead of e^v.
/// </remarks>
/// <param name="options">How it is trained; they change nothing of what it decodes.</param>
internal sealed class YoloHead(YoloOptions options) : IDetectionHead, ITrainableHead, IDistillableHead, ICroppableHead
{
    private const int Objectness = AnchorLayout.Coordinates;

    /// <inheritdoc />
    public HeadLayout Describe(Head head, Shape input) =>
        AnchorLayout.Describe(head, input, AnchorLayout.CountMasked(head), [.. Enumerable.Range(0, AnchorLayout.Coordinates)]);

    /// <inheritdoc />
    public Head WithClasses(Head head, Shape input, ImmutableArray<int> classes) =>
        AnchorLayout.WithClasses(head, input, AnchorLayout.CountMasked(head), AnchorLayout.Coordinates, classes);

    /// <inheritdoc />
    public void Decode(Head head, Shape picture, Shape shape, ReadOnlySpan<float> values, Candidates candidates)
    {
        int anchors = AnchorLayout.CountMasked(head);
        AnchorLayout.Check(head, shape, anchors, AnchorLayout.Coordinates, candidates);
        AnchorSizes sizes = AnchorSizes.Of(head, anchors, isMasked: true);
        bool isActivated = head.Number("new_coords", 0) != 0;
        double stretch = head.Number("scale_x_y", 1);
        float least = isActivated ? (float)candidates.MinimumScore : Logistic.LogitBelow(candidates.MinimumScore);
        double cellWidth = (double)picture.Width / shape.Width;
        double cellHeight = (double)picture.Height / shape.Height;
        var raw = new AnchorValues(values, Objectness + 1 + candidates.Classes, shape.ElementsPerChannel);

        for (int place = 0; place < shape.ElementsPerChannel; place++)
        {
            for (int anchor = 0; anchor < anchors; anchor++)
            {
                float objectness = raw[anchor, Objectness, place];
                if (!(objectness > least))
                {
                    continue;
                }

                objectness = isActivated ? objectness : Logistic.Of(objectness);
                if (!(objectness > (float)candidates.MinimumScore))
                {
                    continue;
                }

                double x = Center(raw[anchor, 0, place], isActivated, stretch) + (place % shape.Width);
                double y = Center(raw[anchor, 1, place], isActivated, stretch) + (place / shape.Width);
                double width = Factor(raw[anchor, 2, place], isActivated) * sizes.Width(anchor);
                double height = Factor(raw[anchor, 3, place], isActivated) * sizes.Height(anchor);
                Span<float> scores = candidates.Add(Box.FromCenter(x * cellWidth, y * cellHeight, width, height), objectness);
                if (isActivated)
                {
                    raw.AddRaw(anchor, Objectness + 1, place, scores);
                }
                else
                {
                    raw.AddLogistic(anchor, Objectness + 1, place, candidates.MinimumScore / objectness, scores);
                }
            }
        }
    }

    /// <inheritdoc />
    public HeadLoss<T> ComputeLoss<T>(Head head, Shape picture, Batch<T> values, IReadOnlyList<IReadOnlyList<TrainingTarget>> targets)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new YoloLoss(options, new YoloGrid(head, picture, values.Shape)).Compute(values, targets);

    /// <inheritdoc />
    public HeadLoss<T> ComputeDistillation<T>(HeadDistillation<T> distillation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new YoloDistillation(
            options,
            new YoloGrid(distillation.Head, distillation.Picture, distillation.Values.Shape),
            new YoloGrid(distillation.Teacher, distillation.Picture, distillation.TeacherValues.Shape)).Compute(distillation);

    private static double Center(float value, bool isActivated, double stretch) =>
        ((isActivated ? value : Logistic.Of(value)) * stretch) - ((stretch - 1) / 2);

    private static double Factor(float value, bool isActivated) => isActivated ? 4.0 * value * value : Math.Exp(value);
}
