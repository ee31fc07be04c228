using System.Collections.Immutable;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.HeadYolo;

/// <summary>Anchors one behind the other, each with the channels of its box, its objectness and its classes.</summary>
internal static class AnchorLayout
{
    /// <summary>The coordinates of a box where nothing else is said.</summary>
    public const int Coordinates = 4;

    /// <summary>Lays the channels out.</summary>
    /// <param name="head">The head.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="anchors">How many anchors it has.</param>
    /// <param name="box">For each channel of a box its <see cref="HeadChannel.Index"/>.</param>
    public static HeadLayout Describe(Head head, Shape input, int anchors, ImmutableArray<int> box)
    {
        int classes = CountClasses(head, input, anchors, box.Length);
        var channels = ImmutableArray.CreateBuilder<HeadChannel>(input.Channels);
        for (int anchor = 0; anchor < anchors; anchor++)
        {
            foreach (int index in box)
            {
                channels.Add(new HeadChannel(HeadChannelRole.Box, anchor, index));
            }

            channels.Add(new HeadChannel(HeadChannelRole.Objectness, anchor, 0));
            for (int i = 0; i < classes; i++)
            {
                channels.Add(new HeadChannel(HeadChannelRole.Class, anchor, i));
            }
        }

        return new HeadLayout(anchors, classes, channels.MoveToImmutable());
    }

    /// <summary>The head for some of its classes.</summary>
    /// <param name="head">The head.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="anchors">How many anchors it has.</param>
    /// <param name="boxChannels">How many channels a box has.</param>
    /// <param name="classes">The classes that stay, ascending.</param>
    public static Head WithClasses(Head head, Shape input, int anchors, int boxChannels, ImmutableArray<int> classes)
    {
        CountClasses(head, input, anchors, boxChannels);
        return head with { Parameters = head.Parameters.SetItem("classes", [classes.Length]) };
    }

    /// <summary>Checks that a head can be decoded from a value.</summary>
    /// <param name="head">The head.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="anchors">How many anchors it has.</param>
    /// <param name="boxChannels">How many channels a box has.</param>
    /// <param name="candidates">What takes the boxes.</param>
    public static void Check(Head head, Shape input, int anchors, int boxChannels, Candidates candidates)
    {
        int classes = CountClasses(head, input, anchors, boxChannels);
        if (classes != candidates.Classes)
        {
            throw new HeadException($"Head '{head.Id}' ({head.Origin}) has {classes} classes; {candidates.Classes} were expected.");
        }
    }

    /// <summary>How many anchors a head has: those of its mask, or all where it has none.</summary>
    public static int CountMasked(Head head) =>
        head.Parameters.TryGetValue("mask", out ImmutableArray<double> mask) && !mask.IsDefaultOrEmpty ? mask.Length : Whole(head, "num", 1);

    /// <summary>A parameter that must be a whole number of at least 1.</summary>
    public static int Whole(Head head, string name, int otherwise)
    {
        double number = head.Number(name, otherwise);
        return number >= 1 && number <= int.MaxValue && number == Math.Truncate(number)
            ? (int)number
            : throw new HeadException($"Head '{head.Id}' ({head.Origin}) has {name} = {number}; it must be a whole number of at least 1.");
    }

    /// <summary>How many classes a head has, once its channels are known to be as many as they must be.</summary>
    /// <param name="head">The head.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="anchors">How many anchors it has.</param>
    /// <param name="boxChannels">How many channels a box has.</param>
    /// <exception cref="HeadException">They are more or fewer.</exception>
    public static int CountClasses(Head head, Shape input, int anchors, int boxChannels)
    {
        int classes = Whole(head, "classes", 20);
        long wanted = anchors * (boxChannels + 1 + (long)classes);
        return input.Rank == 3 && input.Channels == wanted
            ? classes
            : throw new HeadException(
                $"Head '{head.Id}' ({head.Origin}) with {anchors} anchors and {classes} classes reads {wanted} channels; '{head.Input}' is {input}.");
    }
}
