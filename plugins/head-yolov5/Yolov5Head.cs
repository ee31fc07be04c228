using System.Collections.Immutable;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.HeadYolov5;

/// <summary>
/// A detection layer of YOLOv5: for each anchor, one behind the other, the channels x, y, width, height, objectness and one for each
/// class. With s the logistic function of a channel and cells of a stride: centre = (2 s - 0.5 + cell) stride, size = (2 s)^2 anchor;
/// objectness and classes are s.
/// </summary>
/// <remarks>'anchors' are pairs of width and height in pixels of the network's input.</remarks>
internal sealed class Yolov5Head : IDetectionHead
{
    private const int Coordinates = 4;

    /// <inheritdoc />
    public HeadLayout Describe(Head head, Shape input)
    {
        (int anchors, int classes) = Count(head, input);
        var channels = ImmutableArray.CreateBuilder<HeadChannel>(input.Channels);
        for (int anchor = 0; anchor < anchors; anchor++)
        {
            for (int i = 0; i < Coordinates; i++)
            {
                channels.Add(new HeadChannel(HeadChannelRole.Box, anchor, i));
            }

            channels.Add(new HeadChannel(HeadChannelRole.Objectness, anchor, 0));
            for (int i = 0; i < classes; i++)
            {
                channels.Add(new HeadChannel(HeadChannelRole.Class, anchor, i));
            }
        }

        return new HeadLayout(anchors, classes, channels.MoveToImmutable());
    }

    /// <inheritdoc />
    public void Decode(Head head, Shape picture, Shape shape, ReadOnlySpan<float> values, Candidates candidates)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(candidates);
        (int anchors, int classes) = Count(head, shape);
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

    /// <summary>How many anchors and classes there are, once the channels are known to be as many as they must be.</summary>
    private static (int Anchors, int Classes) Count(Head head, Shape input)
    {
        ImmutableArray<double> sizes = head.Parameters.GetValueOrDefault("anchors", []);
        double classes = head.Number("classes", 0);
        if (sizes.IsDefaultOrEmpty || sizes.Length % 2 != 0 || !sizes.All(static size => size > 0 && double.IsFinite(size)))
        {
            throw new HeadException($"Head '{head.Id}' ({head.Origin}) has the anchors {string.Join(", ", sizes)}; pairs of widths and heights above 0 were wanted.");
        }

        if (!(classes >= 1 && classes <= int.MaxValue && classes == Math.Truncate(classes)))
        {
            throw new HeadException($"Head '{head.Id}' ({head.Origin}) has classes = {classes}; it must be a whole number of at least 1.");
        }

        int anchors = sizes.Length / 2;
        double wanted = anchors * (Coordinates + 1 + classes);
        return input.Rank == 3 && input.Channels == wanted
            ? (anchors, (int)classes)
            : throw new HeadException($"Head '{head.Id}' ({head.Origin}) with {anchors} anchors and {classes} classes reads {wanted} channels; '{head.Input}' is {input}.");
    }
}
