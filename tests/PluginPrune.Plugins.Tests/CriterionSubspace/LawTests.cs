using PluginPrune.Contracts;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Contracts.Options;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.CriterionSubspace;

/// <summary>What must hold of any filters.</summary>
public sealed class LawTests
{
    public static TheoryData<string, string> Features => new() { { "sum", "false" }, { "l1", "false" }, { "l2", "false" }, { "flat", "false" }, { "flat", "true" } };

    [Theory]
    [MemberData(nameof(Features))]
    public void Filters_in_another_order_get_the_same_places(string feature, string normalize)
    {
        var random = new Random(3);
        float[][] filters = Subspace.RandomFilters(random, 60, 9);
        int[] order = [.. Enumerable.Range(0, filters.Length).OrderBy(_ => random.Next())];

        (double[] places, LayerNote note) = Subspace.Of(filters, ("feature", feature), ("normalize", normalize));
        (double[] shuffled, LayerNote shuffledNote) = Subspace.Of([.. order.Select(filter => filters[filter])], ("feature", feature), ("normalize", normalize));

        shuffled.Should().Equal(order.Select(filter => places[filter]));
        Subspace.K(shuffledNote).Should().Be(Subspace.K(note));
    }

    [Theory]
    [MemberData(nameof(Features))]
    public void Larger_weights_everywhere_change_nothing(string feature, string normalize)
    {
        float[][] filters = Subspace.RandomFilters(new Random(4), 60, 9);
        double[] places = Subspace.Of(filters, ("feature", feature), ("normalize", normalize)).Places;

        foreach (float factor in (float[])[1e-18f, 0.125f, 3, 1e18f])
        {
            float[][] scaled = [.. filters.Select(filter => filter.Select(weight => weight * factor).ToArray())];
            Subspace.Of(scaled, ("feature", feature), ("normalize", normalize)).Places.Should().Equal(places, "of weights times {0}", factor);
        }
    }

    [Fact]
    public void Weights_of_the_other_sign_change_nothing_where_magnitudes_rank()
    {
        float[][] filters = Subspace.RandomFilters(new Random(4), 40, 9);

        Subspace.Of([.. filters.Select(static filter => filter.Select(static weight => -weight).ToArray())]).Places.Should().Equal(Subspace.Of(filters).Places);
    }

    [Fact]
    public void Directions_alone_count_where_filters_are_brought_to_one_length()
    {
        var random = new Random(5);
        float[][] filters = Subspace.RandomFilters(random, 20, 6);
        float[][] stretched = [.. filters.Select(filter => filter.Select(weight => weight * MathF.ScaleB(1, random.Next(-3, 4))).ToArray())];
        float[][] alike = [.. filters.Select(filter => MathF.ScaleB(1, random.Next(-3, 4))).Zip(filters, static (factor, filter) => filter.Select(weight => weight * factor).ToArray())];

        LayerNote note = Subspace.Of(filters, ("feature", "flat"), ("normalize", "true")).Note;

        Subspace.Distortions(Subspace.Of(alike, ("feature", "flat"), ("normalize", "true")).Note).Should().Equal(Subspace.Distortions(note), static (found, wanted) => Math.Abs(found - wanted) < 1e-6);
        Subspace.Distortions(Subspace.Of(stretched, ("feature", "flat"), ("normalize", "true")).Note).Should().NotEqual(Subspace.Distortions(note));
    }

    [Theory]
    [MemberData(nameof(Features))]
    public void Equal_filters_are_one_cluster_of_which_the_last_go_first(string feature, string normalize)
    {
        float[][] filters = [.. Enumerable.Repeat(new[] { 0.1f, -0.7f, 0.3f }, 10)];

        (double[] places, LayerNote note) = Subspace.Of(filters, ("feature", feature), ("normalize", normalize));

        Subspace.K(note).Should().Be(1);
        places.Should().Equal(Enumerable.Range(1, 10).Select(static rank => rank / 10.0).Reverse());
    }

    [Theory]
    [MemberData(nameof(Features))]
    public void Filters_of_two_kinds_are_two_clusters(string feature, string normalize)
    {
        float[][] filters = [.. Enumerable.Range(0, 9).Select(static i => i % 3 == 0 ? new[] { 1f, 2, 0.5f } : new[] { 0.5f, 0, 0 })];

        (double[] places, LayerNote note) = Subspace.Of(filters, ("feature", feature), ("normalize", normalize));

        Subspace.K(note).Should().Be(2);
        places.Should().Equal(1.0, 1.0, 5.0 / 6, 2.0 / 3, 2.0 / 3, 0.5, 1.0 / 3, 1.0 / 3, 1.0 / 6);
    }

    [Theory]
    [MemberData(nameof(Features))]
    public void One_filter_and_filters_of_zeros_are_no_trouble(string feature, string normalize)
    {
        (double[] places, LayerNote note) = Subspace.Of([[0.5f, 1]], ("feature", feature), ("normalize", normalize));

        places.Should().Equal(1);
        note.Text.Should().StartWith("k = 1, ");
        Subspace.Of([[0, 0], [0, 0], [0, 0]], ("feature", feature), ("normalize", normalize)).Places.Should().Equal(1, 2.0 / 3, 1.0 / 3);
    }

    [Fact]
    public void One_seed_gives_one_result_and_numbers_need_none()
    {
        float[][] filters = Subspace.RandomFilters(new Random(6), 120, 30);

        Subspace.Of(filters, seed: 1, ("feature", "flat"), ("restarts", "1")).Places.Should().Equal(Subspace.Of(filters, seed: 1, ("feature", "flat"), ("restarts", "1")).Places);
        Subspace.Of(filters, seed: 2, ("feature", "flat"), ("restarts", "1")).Places.Should().NotEqual(Subspace.Of(filters, seed: 1, ("feature", "flat"), ("restarts", "1")).Places);
        Subspace.Of(filters, seed: 2).Places.Should().Equal(Subspace.Of(filters, seed: 1).Places);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Weights_that_are_no_numbers_are_refused_with_the_layer(float weight)
    {
        Action deciding = () => Subspace.Of([[1, 2], [3, weight]]);

        deciding.Should().Throw<InputException>().WithMessage("test: filter 1 of n0 *has weights that are infinite or no numbers*");
    }

    [Fact]
    public void A_number_is_not_brought_to_a_length() =>
        FluentActions.Invoking(() => Subspace.Criterion(("normalize", "true"))).Should().Throw<OptionException>().WithMessage("*--feature flat*");

    [Fact]
    public void Layers_without_batch_norm_and_linear_ones_are_judged_and_depthwise_ones_follow()
    {
        var net = new NetworkBuilder(7);
        string first = net.Act(net.Conv("input", 12, bias: true));
        string depthwise = net.Act(net.Conv(first, 12, groups: 12));
        string grouped = net.Act(net.Conv(depthwise, 8, groups: 2));
        string pooled = net.Add(new Flatten(), net.Add(new GlobalAveragePool(), grouped));
        net.Head(net.Linear(net.Act(net.Linear(pooled, 10)), 4));

        ChannelDecision decision = Subspace.Decide(net.Build(), seed: 0);

        decision.Scores.Select(static score => (score.Member.Layer.Operation.Name, score.Values.Length)).Should().Equal(("convolution", 12), ("convolution", 8), ("linear", 10));
        decision.Notes.Select(static note => note.Layer).Should().Equal(decision.Scores.Select(static score => score.Member.Layer));
    }

    [Theory]
    [InlineData("skip", 1)]
    [InlineData("union", 3)]
    [InlineData("first", 3)]
    [InlineData("mean", 3)]
    public void Layers_that_feed_an_addition_are_left_alone_by_skip_alone(string coupling, int judged)
    {
        var net = new NetworkBuilder(7);
        string stem = net.ConvNormAct("input", 8);
        net.Head(net.Conv(net.Add(new Add(), stem, net.ConvNormAct(net.ConvNormAct(stem, 6), 8)), 5, 1));

        ChannelDecision decision = Subspace.Decide(net.Build(), seed: 0, ("coupling", coupling));

        decision.Scores.Should().HaveCount(judged);
        decision.Notes.Should().HaveCount(3).And.Subject.Count(static note => note.Text.StartsWith("left alone: an addition", StringComparison.Ordinal)).Should().Be(3 - judged);
    }
}
