using System.Collections.Immutable;
using PluginPrune.Core.Training;

namespace PluginPrune.Core.Tests.Training.Anchors;

public sealed class AnchorSearchTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Clusters_that_lie_apart_are_found(int seed)
    {
        // Three kinds of objects, each within five percent.
        BoxSize[] kinds = [new(20, 60), new(100, 50), new(300, 280)];
        var random = new Random(seed);
        ImmutableArray<BoxSize> boxes = [.. Enumerable.Range(0, 300).Select(i =>
            new BoxSize(kinds[i % 3].Width * (0.95 + (random.NextDouble() * 0.1)), kinds[i % 3].Height * (0.95 + (random.NextDouble() * 0.1))))];

        ImmutableArray<BoxSize> anchors = new AnchorSearch(seed).Find(boxes, 3, CancellationToken.None);

        for (int i = 0; i < 3; i++)
        {
            anchors[i].Iou(kinds[i]).Should().BeGreaterThan(0.97);
        }

        AnchorFit.Of(boxes, anchors).MeanIou.Should().BeGreaterThan(0.95);
    }

    [Fact]
    public void One_seed_gives_one_result_and_the_smallest_comes_first()
    {
        ImmutableArray<BoxSize> boxes = Mixed(2000);

        ImmutableArray<BoxSize> first = new AnchorSearch(4).Find(boxes, 6, CancellationToken.None);

        first.Should().Equal(new AnchorSearch(4).Find(boxes, 6, CancellationToken.None)).And.NotEqual(new AnchorSearch(5).Find(boxes, 6, CancellationToken.None));
        first.Select(static anchor => anchor.Area).Should().BeInAscendingOrder();
    }

    [Fact]
    public void More_anchors_fit_better_and_as_many_as_sizes_fit_exactly()
    {
        ImmutableArray<BoxSize> boxes = Mixed(40);

        double[] means = [.. Enumerable.Range(0, 5).Select(static i => Math.Min(40, (int)Math.Pow(3, i))).Select(count => AnchorFit.Of(boxes, new AnchorSearch(0).Find(boxes, count, CancellationToken.None)).MeanIou)];

        means.Should().BeInAscendingOrder();
        means[^1].Should().BeApproximately(1, 1e-9);
    }

    [Fact]
    public void One_size_again_and_again_takes_one_anchor_and_no_more()
    {
        ImmutableArray<BoxSize> boxes = [.. Enumerable.Repeat(new BoxSize(10, 30), 50), new BoxSize(90, 20)];

        new AnchorSearch(0).Find(boxes, 2, CancellationToken.None).Should().Equal(new BoxSize(10, 30), new BoxSize(90, 20));
        Action three = () => new AnchorSearch(0).Find(boxes, 3, CancellationToken.None);
        three.Should().Throw<ArgumentException>().WithMessage("*2 different sizes; 3 anchors*");
        Action none = () => new AnchorSearch(0).Find([], 1, CancellationToken.None);
        none.Should().Throw<ArgumentException>().WithMessage("*0 different sizes*");
    }

    [Fact]
    public void A_fit_counts_objects_above_each_limit()
    {
        // IoUs with 10 x 10: 1, 0.5 exactly, 0.8 and 0.04.
        ImmutableArray<BoxSize> boxes = [new(10, 10), new(10, 5), new(8, 10), new(2, 2)];

        AnchorFit fit = AnchorFit.Of(boxes, [new BoxSize(10, 10)]);

        fit.MeanIou.Should().BeApproximately((1 + 0.5 + 0.8 + 0.04) / 4, 1e-12);
        fit.Recalls.Should().Equal(0.75, 0.5, 0.5);
    }

    [Fact]
    public void By_sides_an_anchor_reaches_what_is_not_four_times_larger_or_smaller()
    {
        BoxSize[] anchors = [new(40, 10), new(100, 100)];
        ImmutableArray<BoxSize> boxes = [new(40, 10), new(10.1, 10), new(10, 10), new(399, 100), new(400, 100), new(50, 200)];

        AnchorFit fit = AnchorFit.Of(boxes, [.. anchors]);

        new BoxSize(50, 200).SideRatio(anchors[1]).Should().Be(0.5);
        fit.SideRecall.Should().BeApproximately(4 / 6.0, 1e-12, "10 x 10 and 400 x 100 differ by four from either");
        fit.MeanSides.Should().BeApproximately((1 + (10.1 / 40) + 0 + (100 / 399.0) + 0 + 0.5) / 6, 1e-12);
    }

    [Fact]
    public void By_sides_other_anchors_are_found_and_they_reach_more()
    {
        ImmutableArray<BoxSize> boxes = Mixed(800);

        AnchorProposal sides = AnchorProposal.Make(boxes, [new(10, 14), new(23, 27), new(37, 58)], 3, 0, AnchorMeasure.Sides, CancellationToken.None);
        AnchorProposal iou = AnchorProposal.Make(boxes, [new(10, 14), new(23, 27), new(37, 58)], 3, 0, CancellationToken.None);

        sides.IsBetter.Should().BeTrue();
        sides.After.MeanSides.Should().BeGreaterThan(iou.After.MeanSides);
        iou.After.MeanIou.Should().BeGreaterThan(sides.After.MeanIou);
    }

    [Fact]
    public void A_proposal_is_better_only_where_its_anchors_fit_better()
    {
        ImmutableArray<BoxSize> boxes = Mixed(500);

        AnchorProposal first = AnchorProposal.Make(boxes, [new(10, 14), new(23, 27), new(37, 58)], 3, 0, CancellationToken.None);
        AnchorProposal second = AnchorProposal.Make(boxes, first.Found, 3, 0, CancellationToken.None);
        AnchorProposal more = AnchorProposal.Make(boxes, first.Found, 4, 0, CancellationToken.None);

        first.IsBetter.Should().BeTrue();
        first.Found.Should().OnlyContain(static anchor => Math.Round(anchor.Width, 1) == anchor.Width && Math.Round(anchor.Height, 1) == anchor.Height);
        second.IsBetter.Should().BeFalse();
        more.After.MeanIou.Should().BeGreaterThan(more.Before.MeanIou);
        more.IsBetter.Should().BeFalse("a network cannot take them");
    }

    private static ImmutableArray<BoxSize> Mixed(int count)
    {
        var random = new Random(9);
        return [.. Enumerable.Range(0, count).Select(_ => new BoxSize(5 + (random.NextDouble() * 300), 5 + (random.NextDouble() * 300)))];
    }
}
