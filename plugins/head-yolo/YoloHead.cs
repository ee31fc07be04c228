using System.Collections.Immutable;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.HeadYolo;

/// <summary>
/// The head of YOLOv3 (Redmon and Farhadi 2018, section 2): for each anchor, one behind the other, the channels x, y, width,
/// height, objectness and one for each class.
/// </summary>
internal sealed class YoloHead : IHead
{
    private const int Coordinates = 4;

    /// <inheritdoc />
    public HeadLayout Describe(Head head, Shape input)
    {
        int anchors = CountAnchors(head);
        int classes = Whole(head, "classes", 20);
        long wanted = anchors * (Coordinates + 1 + (long)classes);
        if (input.Rank != 3 || input.Channels != wanted)
        {
            throw new HeadException(
                $"Head '{head.Id}' ({head.Origin}) with {anchors} anchors and {classes} classes reads {wanted} channels; '{head.Input}' is {input}.");
        }

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

    // The mask says which of all anchors this head has; without one it has all.
    private static int CountAnchors(Head head) =>
        head.Parameters.TryGetValue("mask", out ImmutableArray<double> mask) && !mask.IsDefaultOrEmpty ? mask.Length : Whole(head, "num", 1);

    private static int Whole(Head head, string name, int otherwise)
    {
        double number = head.Number(name, otherwise);
        return number >= 1 && number <= int.MaxValue && number == Math.Truncate(number)
            ? (int)number
            : throw new HeadException($"Head '{head.Id}' ({head.Origin}) has {name} = {number}; it must be a whole number of at least 1.");
    }
}
