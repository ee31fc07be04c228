using System.Collections.Immutable;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.HeadYolov5;

/// <summary>Anchors one behind the other, each with the channels x, y, width, height, objectness and one for each class.</summary>
internal static class Yolov5Layout
{
    /// <summary>The channels of a box; the objectness follows.</summary>
    public const int Coordinates = 4;

    /// <summary>How many anchors and classes there are, once the channels are known to be as many as they must be.</summary>
    /// <param name="head">The head.</param>
    /// <param name="input">What it reads.</param>
    /// <exception cref="HeadException">The head contradicts itself or what it reads.</exception>
    public static (int Anchors, int Classes) Count(Head head, Shape input)
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

    /// <summary>What each channel means.</summary>
    /// <param name="head">The head.</param>
    /// <param name="input">What it reads.</param>
    /// <exception cref="HeadException">The head contradicts itself or what it reads.</exception>
    public static HeadLayout Describe(Head head, Shape input)
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
}
