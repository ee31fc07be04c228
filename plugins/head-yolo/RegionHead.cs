using System.Collections.Immutable;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.HeadYolo.Decoding;

namespace PluginPrune.HeadYolo;

/// <summary>
/// The head of YOLOv2 (Redmon and Farhadi 2016, section 2): for each anchor, one behind the other, the coordinates ('coords',
/// usually 4), objectness and one channel for each class. Without a mask: it has all anchors, in cells.
/// </summary>
/// <remarks>
/// With 'softmax' the classes exclude each other; without, each goes through the logistic function. With 'background' the
/// channel of the objectness takes part in that softmax as the class of nothing, and objectness is 1. 'classfix' -1 drops boxes
/// whose objectness is below a half.
/// </remarks>
internal sealed class RegionHead : IDetectionHead, ICroppableHead
{
    /// <inheritdoc />
    public HeadLayout Describe(Head head, Shape input) =>
        AnchorLayout.Describe(
            head,
            input,
            AnchorLayout.Whole(head, "num", 1),
            [.. Enumerable.Range(0, Math.Min(AnchorLayout.Whole(head, "coords", AnchorLayout.Coordinates), input.Channels))]);

    /// <inheritdoc />
    public Head WithClasses(Head head, Shape input, ImmutableArray<int> classes)
    {
        int coords = CheckCoordinates(head);
        return head.Number("softmax", 0) == 0
            ? AnchorLayout.WithClasses(head, input, AnchorLayout.Whole(head, "num", 1), coords, classes)
            : throw new HeadException(
                $"Head '{head.Id}' ({head.Origin}) has one softmax over all its classes: without some of them every score would be another. Only classes that are scored one by one can be left out.");
    }

    /// <inheritdoc />
    public void Decode(Head head, Shape picture, Shape shape, ReadOnlySpan<float> values, Candidates candidates)
    {
        int anchors = AnchorLayout.Whole(head, "num", 1);
        int coords = CheckCoordinates(head);
        AnchorLayout.Check(head, shape, anchors, coords, candidates);
        AnchorSizes sizes = AnchorSizes.Of(head, anchors, isMasked: false);
        bool isSoftmax = head.Number("softmax", 0) != 0;
        bool hasBackground = head.Number("background", 0) != 0;
        double minimum = head.Number("classfix", 0) == -1 ? Math.Max(candidates.MinimumScore, Math.BitDecrement(0.5f)) : candidates.MinimumScore;
        float least = Logistic.LogitBelow(minimum);
        double cellWidth = (double)picture.Width / shape.Width;
        double cellHeight = (double)picture.Height / shape.Height;
        var raw = new AnchorValues(values, coords + 1 + candidates.Classes, shape.ElementsPerChannel);

        for (int place = 0; place < shape.ElementsPerChannel; place++)
        {
            for (int anchor = 0; anchor < anchors; anchor++)
            {
                float logit = raw[anchor, coords, place];
                float objectness = hasBackground ? 1 : logit > least ? Logistic.Of(logit) : 0;
                if (!(objectness > (float)minimum))
                {
                    continue;
                }

                double x = (Logistic.Of(raw[anchor, 0, place]) + (place % shape.Width)) * cellWidth;
                double y = (Logistic.Of(raw[anchor, 1, place]) + (place / shape.Width)) * cellHeight;
                double width = Math.Exp(raw[anchor, 2, place]) * sizes.Width(anchor) * cellWidth;
                double height = Math.Exp(raw[anchor, 3, place]) * sizes.Height(anchor) * cellHeight;
                Span<float> scores = candidates.Add(Box.FromCenter(x, y, width, height), objectness);
                if (isSoftmax)
                {
                    raw.AddRaw(anchor, coords + 1, place, scores);
                    Softmax(scores, hasBackground ? logit : float.NegativeInfinity);
                }
                else
                {
                    raw.AddLogistic(anchor, coords + 1, place, candidates.MinimumScore / objectness, scores);
                }
            }
        }
    }

    private static int CheckCoordinates(Head head)
    {
        int coords = AnchorLayout.Whole(head, "coords", AnchorLayout.Coordinates);
        if (coords < AnchorLayout.Coordinates)
        {
            throw new HeadException($"Head '{head.Id}' ({head.Origin}) has coords = {coords}; a box needs {AnchorLayout.Coordinates}.");
        }

        return head.Number("tree", 0) == 0
            ? coords
            : throw new HeadException(
                $"Head '{head.Id}' ({head.Origin}) orders its classes in a tree, as YOLO9000 does; such classes cannot be decoded. Use a network whose classes are a plain list.");
    }

    private static void Softmax(Span<float> scores, float background)
    {
        float largest = background;
        foreach (float score in scores)
        {
            largest = MathF.Max(largest, score);
        }

        float sum = MathF.Exp(background - largest);
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = MathF.Exp(scores[i] - largest);
            sum += scores[i];
        }

        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] /= sum;
        }
    }
}
