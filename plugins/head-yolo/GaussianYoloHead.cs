using System.Collections.Immutable;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.HeadYolo.Decoding;

namespace PluginPrune.HeadYolo;

/// <summary>
/// The head of Gaussian YOLOv3 (Choi et al. 2019, section 3.1): as YOLOv3's, but every coordinate i of a box is followed by
/// how uncertain it is, which has the index 4 + i.
/// </summary>
/// <remarks>
/// The score is objectness x class x (1 - mean uncertainty) (equation 6); here the last factor goes into the objectness.
/// 'yolo_point' tells which point of the box x and y are: 0 its centre, 1 its upper left corner, 2 its lower right one.
/// </remarks>
internal sealed class GaussianYoloHead : IDetectionHead, ICroppableHead
{
    private const int BoxChannels = 2 * AnchorLayout.Coordinates;

    /// <inheritdoc />
    public HeadLayout Describe(Head head, Shape input) =>
        AnchorLayout.Describe(
            head,
            input,
            AnchorLayout.CountMasked(head),
            [.. Enumerable.Range(0, AnchorLayout.Coordinates).SelectMany(static i => (int[])[i, AnchorLayout.Coordinates + i])]);

    /// <inheritdoc />
    public Head WithClasses(Head head, Shape input, ImmutableArray<int> classes) =>
        AnchorLayout.WithClasses(head, input, AnchorLayout.CountMasked(head), BoxChannels, classes);

    /// <inheritdoc />
    public void Decode(Head head, Shape picture, Shape shape, ReadOnlySpan<float> values, Candidates candidates)
    {
        int anchors = AnchorLayout.CountMasked(head);
        AnchorLayout.Check(head, shape, anchors, BoxChannels, candidates);
        AnchorSizes sizes = AnchorSizes.Of(head, anchors, isMasked: true);
        double stretch = head.Number("scale_x_y", 1);
        double point = head.Number("yolo_point", 0);
        double toCenter = point == 0 ? 0 : point == 1 ? 0.5 : -0.5;
        float least = Logistic.LogitBelow(candidates.MinimumScore);
        double cellWidth = (double)picture.Width / shape.Width;
        double cellHeight = (double)picture.Height / shape.Height;
        var raw = new AnchorValues(values, BoxChannels + 1 + candidates.Classes, shape.ElementsPerChannel);

        for (int place = 0; place < shape.ElementsPerChannel; place++)
        {
            for (int anchor = 0; anchor < anchors; anchor++)
            {
                if (!(raw[anchor, BoxChannels, place] > least))
                {
                    continue;
                }

                float objectness = Logistic.Of(raw[anchor, BoxChannels, place]) * (1 - MeanUncertainty(raw, anchor, place));
                if (!(objectness > (float)candidates.MinimumScore))
                {
                    continue;
                }

                double width = Math.Exp(raw[anchor, 4, place]) * sizes.Width(anchor);
                double height = Math.Exp(raw[anchor, 6, place]) * sizes.Height(anchor);
                double x = ((Center(raw[anchor, 0, place], stretch) + (place % shape.Width)) * cellWidth) + (toCenter * width);
                double y = ((Center(raw[anchor, 2, place], stretch) + (place / shape.Width)) * cellHeight) + (toCenter * height);
                Span<float> scores = candidates.Add(Box.FromCenter(x, y, width, height), objectness);
                raw.AddLogistic(anchor, BoxChannels + 1, place, candidates.MinimumScore / objectness, scores);
            }
        }
    }

    private static double Center(float value, double stretch) => (Logistic.Of(value) * stretch) - ((stretch - 1) / 2);

    private static float MeanUncertainty(AnchorValues raw, int anchor, int place)
    {
        float sum = 0;
        for (int i = 0; i < AnchorLayout.Coordinates; i++)
        {
            sum += Logistic.Of(raw[anchor, (2 * i) + 1, place]);
        }

        return sum / AnchorLayout.Coordinates;
    }
}
