using System.Collections.Immutable;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.HeadYolov5;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.HeadYolov5;

public sealed class Yolov5HeadTests
{
    private const int Anchors = 2;
    private const int Classes = 3;
    private const int Channels = 5 + Classes;

    private static readonly double[] Sizes = [10, 14, 81, 82];
    private static readonly Shape Picture = new(3, 96, 240);
    private static readonly Shape Input = new(Anchors * Channels, 3, 5);

    private static IDetectionHead Sut { get; } = PluginFactory.Create<HeadYolov5Plugin, IDetectionHead>("yolov5");

    [Theory]
    [InlineData(0)]
    [InlineData(0.001)]
    [InlineData(0.4)]
    [InlineData(0.9)]
    public void Centres_reach_half_a_cell_beyond_theirs_and_sizes_are_squares(double minimum)
    {
        var random = new Random(1);
        float[] values = [.. Enumerable.Range(0, Input.Count).Select(_ => (random.NextSingle() * 8) - 4)];
        var candidates = new Candidates(Classes, minimum);

        Sut.Decode(Head(), Picture, Input, values, candidates);

        int found = 0;
        for (int place = 0; place < 15; place++)
        {
            for (int anchor = 0; anchor < Anchors; anchor++)
            {
                double At(int channel) => 1 / (1 + Math.Exp(-values[(((anchor * Channels) + channel) * 15) + place]));
                if (!(At(4) > minimum))
                {
                    continue;
                }

                double x = ((2 * At(0)) - 0.5 + (place % 5)) * 48;
                double y = ((2 * At(1)) - 0.5 + (place / 5)) * 32;
                var wanted = Box.FromCenter(x, y, Math.Pow(2 * At(2), 2) * Sizes[2 * anchor], Math.Pow(2 * At(3), 2) * Sizes[(2 * anchor) + 1]);
                Box box = candidates.BoxAt(found);
                new[] { box.Left - wanted.Left, box.Top - wanted.Top, box.Right - wanted.Right, box.Bottom - wanted.Bottom }.Max(Math.Abs).Should().BeLessThan(1e-3);
                candidates.ObjectnessAt(found).Should().BeApproximately((float)At(4), 1e-6f);
                for (int i = 0; i < Classes; i++)
                {
                    float score = candidates.ClassScoresAt(found)[i];
                    if (At(4) * At(5 + i) > minimum * 1.001)
                    {
                        score.Should().BeApproximately((float)At(5 + i), 1e-6f);
                    }
                }

                found++;
            }
        }

        candidates.Count.Should().Be(found);
        found.Should().BePositive();
    }

    [Fact]
    public void Channels_are_described_anchor_by_anchor()
    {
        HeadLayout layout = Sut.Describe(Head(), Input);

        (layout.Anchors, layout.Classes).Should().Be((Anchors, Classes));
        layout.Channels[Channels + 4].Should().Be(new HeadChannel(HeadChannelRole.Objectness, 1, 0));
        layout.Channels[^1].Should().Be(new HeadChannel(HeadChannelRole.Class, 1, 2));
    }

    [Fact]
    public void Heads_that_contradict_themselves_are_refused()
    {
        ((Action)(() => Sut.Describe(Head(), new Shape(15, 3, 5)))).Should().Throw<HeadException>().WithMessage("*16 channels*15 x 3 x 5*");
        ((Action)(() => Sut.Describe(Head(anchors: [1, 2, 3]), Input))).Should().Throw<HeadException>().WithMessage("*anchors*");
        ((Action)(() => Sut.Describe(Head(anchors: [1, double.NaN, 3, 4]), Input))).Should().Throw<HeadException>();
        ((Action)(() => Sut.Describe(Head(classes: 0.5), Input))).Should().Throw<HeadException>().WithMessage("*classes = 0.5*");
    }

    private static Head Head(double[]? anchors = null, double classes = Classes) => new(
        "9.0",
        "yolov5",
        "9.m.0",
        ImmutableSortedDictionary<string, ImmutableArray<double>>.Empty.Add("anchors", [.. anchors ?? Sizes]).Add("classes", [classes]),
        new NodeOrigin("9.0", "Detect", null));
}
