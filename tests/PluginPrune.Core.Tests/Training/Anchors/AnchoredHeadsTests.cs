using System.Collections.Immutable;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Training;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Training.Anchors;

public sealed class AnchoredHeadsTests
{
    private static readonly double[] Five = [10, 14, 23, 27, 37, 58, 81, 82, 135, 169];

    [Fact]
    public void Heads_with_small_cells_get_the_small_anchors_however_masks_are_numbered()
    {
        // The first head has cells of 16 pixels and picks the last two; the second of 8 and picks the first and the third.
        Network network = Make((16, [3, 4], Five), (8, [0, 2], Five));
        var heads = AnchoredHeads.Of(network, "n.cfg");

        Network changed = heads.With([new(1, 2), new(3, 4), new(5, 6), new(7, 8)]);

        heads.Current.Should().Equal(new BoxSize(10, 14), new BoxSize(37, 58), new BoxSize(81, 82), new BoxSize(135, 169));
        changed.Heads.Should().OnlyContain(static head => head.Parameters["anchors"].SequenceEqual(new double[] { 1, 2, 23, 27, 3, 4, 5, 6, 7, 8 }), "no head picks the second");
        changed.Heads.Select(static head => head.Parameters["mask"].Length).Should().Equal(2, 2);
    }

    [Fact]
    public void Where_large_cells_have_the_first_places_of_the_list_they_get_the_large_ones_all_the_same()
    {
        Network network = Make((16, [0, 1], Five), (8, [3, 4], Five));

        Network changed = AnchoredHeads.Of(network, "n.cfg").With([new(1, 2), new(3, 4), new(5, 6), new(7, 8)]);

        changed.Heads[0].Parameters["anchors"].Should().Equal(5, 6, 7, 8, 37, 58, 1, 2, 3, 4);
    }

    [Fact]
    public void An_anchor_that_two_heads_pick_stands_between_them_and_counts_once()
    {
        Network network = Make((16, [2, 3, 4], Five), (8, [0, 1, 2], Five));

        AnchoredHeads.Of(network, "n.cfg").Current.Select(static anchor => anchor.Width).Should().Equal(10, 23, 37, 81, 135);
    }

    [Fact]
    public void Lists_that_differ_and_masks_that_pick_nothing_are_refused()
    {
        Action differ = () => AnchoredHeads.Of(Make((16, [0], Five), (8, [1], [1, 2, 3, 4])), "n.cfg");
        Action beyond = () => AnchoredHeads.Of(Make((16, [5], Five)), "n.cfg");
        Action none = () => AnchoredHeads.Of(Make((16, [], Five)), "n.cfg");

        differ.Should().Throw<InputException>().Which.Message.Should().ContainAll("n.cfg", "anchors", "others than those");
        beyond.Should().Throw<InputException>().Which.Message.Should().ContainAll("mask", "it has 5");
        none.Should().Throw<InputException>().Which.Message.Should().Contain("no heads that pick anchors");
    }

    [Fact]
    public void Too_few_anchors_are_refused()
    {
        Action with = () => AnchoredHeads.Of(Make((16, [0, 1], Five)), "n.cfg").With([new BoxSize(1, 2)]);

        with.Should().Throw<ArgumentException>().WithMessage("*pick 2 anchors; 1 were given*");
    }

    [Fact]
    public void Levels_with_lists_of_their_own_get_anchors_by_their_cells()
    {
        Network network = Make((16, null, [81, 82, 135, 169]), (8, null, [10, 14, 23, 27]));
        var heads = AnchoredHeads.Of(network, "n.pt");

        Network changed = heads.With([new(1, 2), new(3, 4), new(5, 6), new(7, 8)]);

        heads.Measure.Should().Be(AnchorMeasure.Sides);
        heads.Current.Select(static anchor => anchor.Width).Should().Equal(10, 23, 81, 135);
        changed.Heads[0].Parameters["anchors"].Should().Equal(5, 6, 7, 8);
        changed.Heads[1].Parameters["anchors"].Should().Equal(1, 2, 3, 4);
        AnchoredHeads.HaveOwnLists(network).Should().BeTrue();
        AnchoredHeads.HaveOwnLists(Make((16, [0], Five))).Should().BeFalse();
    }

    private static Network Make(params (int Cell, double[]? Mask, double[] Anchors)[] heads)
    {
        var net = new NetworkBuilder(4, height: 32, width: 32);
        var made = new List<Head>();
        foreach ((int cell, double[]? mask, double[] anchors) in heads)
        {
            string value = net.Add(new MaxPool(Extent.Square(cell), Extent.Square(cell), default), "input");
            made.Add(new Head(
                $"{made.Count}.head",
                "yolo",
                value,
                new Dictionary<string, double[]>(StringComparer.Ordinal) { [mask is null ? "level" : "mask"] = mask ?? [made.Count, heads.Length], ["anchors"] = anchors }.ToImmutableSortedDictionary(
                    static pair => pair.Key, static pair => pair.Value.ToImmutableArray(), StringComparer.Ordinal),
                new NodeOrigin("1", "yolo", 7)));
        }

        Network network = net.Build();
        return network.With(network.Nodes, made);
    }
}
