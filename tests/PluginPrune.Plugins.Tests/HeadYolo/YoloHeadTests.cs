using System.Collections.Immutable;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.HeadYolo;
using PluginPrune.Plugins.Tests.Darknet;

namespace PluginPrune.Plugins.Tests.HeadYolo;

public sealed class YoloHeadTests
{
    private readonly IHead _head = Contributions.Create<IHead>(new HeadYoloPlugin(), "yolo");

    [Fact]
    public void Channels_stand_anchor_by_anchor_with_the_box_first()
    {
        HeadLayout layout = _head.Describe(HeadWith(("mask", [3, 4]), ("classes", [2]), ("num", [6])), new Shape(14, 13, 13));

        layout.Anchors.Should().Be(2);
        layout.Classes.Should().Be(2);
        layout.Channels.Should().Equal(
            new(HeadChannelRole.Box, 0, 0), new(HeadChannelRole.Box, 0, 1), new(HeadChannelRole.Box, 0, 2), new(HeadChannelRole.Box, 0, 3),
            new(HeadChannelRole.Objectness, 0, 0), new(HeadChannelRole.Class, 0, 0), new(HeadChannelRole.Class, 0, 1),
            new(HeadChannelRole.Box, 1, 0), new(HeadChannelRole.Box, 1, 1), new(HeadChannelRole.Box, 1, 2), new(HeadChannelRole.Box, 1, 3),
            new(HeadChannelRole.Objectness, 1, 0), new(HeadChannelRole.Class, 1, 0), new(HeadChannelRole.Class, 1, 1));
    }

    [Fact]
    public void Without_a_mask_all_anchors_are_the_heads()
    {
        _head.Describe(HeadWith(("classes", [1]), ("num", [5])), new Shape(30, 1, 1)).Anchors.Should().Be(5);
        _head.Describe(HeadWith(("mask", []), ("classes", [80]), ("num", [3])), new Shape(255, 1, 1)).Anchors.Should().Be(3);
    }

    [Theory]
    [InlineData(254)]
    [InlineData(256)]
    public void Another_number_of_channels_is_refused(int channels)
    {
        Action describe = () => _head.Describe(HeadWith(("mask", [0, 1, 2]), ("classes", [80])), new Shape(channels, 13, 13));

        describe.Should().Throw<HeadException>().Which.Message.Should().ContainAll("12.yolo", "255", $"{channels} x 13 x 13", "line 7");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(2.5)]
    [InlineData(1e12)]
    public void Classes_that_cannot_be_are_refused(double classes)
    {
        Action describe = () => _head.Describe(HeadWith(("mask", [0]), ("classes", [classes])), new Shape(6, 13, 13));

        describe.Should().Throw<HeadException>().Which.Message.Should().Contain("classes");
    }

    [Fact]
    public void A_vector_is_no_heads_input()
    {
        Action describe = () => _head.Describe(HeadWith(("mask", [0]), ("classes", [1])), new Shape(6));

        describe.Should().Throw<HeadException>();
    }

    private static Head HeadWith(params (string Name, double[] Numbers)[] parameters) =>
        new(
            "12.yolo",
            "yolo",
            "11.conv",
            parameters.ToImmutableSortedDictionary(static pair => pair.Name, static pair => pair.Numbers.ToImmutableArray(), StringComparer.Ordinal),
            new NodeOrigin("12", "yolo", 7));
}
