extern alias obs;
using obs::PluginPrune.CriterionObs;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Selection;
using PluginPrune.Plugins.Tests.WeightCriteria;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.CriterionObs;

/// <summary>The criterion that asks how well the layers behind can do without a channel.</summary>
public sealed class ObsTests
{
    private const string First = "n0";
    private const string Second = "n2";

    [Fact]
    public void Channels_go_in_the_order_in_which_new_weights_make_up_for_them_best()
    {
        int compared = 0;
        for (int seed = 0; seed < 12; seed++)
        {
            Network network = RandomNetworks.Make(seed, isPadded: true, preservesZero: false);
            PruningContext context = Context(network);

            ChannelDecision decision = context.Decide<ObsPlugin>("obs", ("obs-cost", "none"));

            foreach (ChannelGroup group in context.Groups.Where(static group => !group.IsLocked && !group.Readers.IsEmpty && group.Size <= 12 && group.Readers.All(static reader => Reading.InputsOf(reader.Layer) <= 80)))
            {
                (int[] order, double[] added) = ObviousObs.Of(network, group, layer => MomentsOf(network, layer), value => VarianceOf(network, value));
                double[] scores = OfElements(decision, group);
                double highest = 0;
                for (int i = 0; i < order.Length; i++)
                {
                    highest = Math.Max(highest, added[i]);
                    (scores[order[i]] * scores[order[i]]).Should().BeApproximately(highest, (1e-6 * highest) + 1e-9, "element {0} of {1} is the {2}. to go, seed {3}", order[i], group.Name, i + 1, seed);
                    compared++;
                }
            }
        }

        compared.Should().BeGreaterThan(200);
    }

    [Fact]
    public void A_channel_that_another_one_stands_in_for_goes_first_and_costs_nothing()
    {
        Network network = Chain(channels: 6);
        network = network.WithWeight(First, static weight => Copied(weight, from: 1, to: 4));

        double[] scores = Context(network).Decide<ObsPlugin>("obs", ("obs-damping", "1e-6")).Of(First);

        // Which of the two goes is decided by their readers' weights alone; the other then stands for both.
        Array.IndexOf(scores, scores.Min()).Should().BeOneOf(1, 4);
        scores.Min().Should().BeLessThan(0.03 * scores.Order().ElementAt(1));
    }

    [Fact]
    public void Channels_in_another_order_score_in_that_order()
    {
        Network network = Chain(channels: 5);
        int[] order = [3, 0, 4, 2, 1];
        Network reordered = network.WithWeight(First, weight => WeightOf.Reordered(weight, order))
            .WithWeight(Second, weight => weight.WithFloats([.. weight.Floats.ToArray().Chunk(9).Chunk(5).SelectMany(filter => order.SelectMany(channel => filter[channel]))]));

        double[] scores = Context(network).Decide<ObsPlugin>("obs").Of(First);
        double[] moved = Context(reordered).Decide<ObsPlugin>("obs").Of(First);

        order.Select(channel => scores[channel]).Zip(moved).Should().AllSatisfy(static pair => pair.Second.Should().BeApproximately(pair.First, 1e-5 * pair.First));
    }

    [Fact]
    public void Weights_of_another_scale_on_both_sides_score_the_same()
    {
        Network network = Chain(channels: 5);
        Network scaled = network.WithWeight(First, static weight => weight.WithFloats([.. weight.Floats.ToArray().Select(static value => 8 * value)]))
            .WithWeight(Second, static weight => weight.WithFloats([.. weight.Floats.ToArray().Select(static value => value / 2)]));

        double[] scores = Context(network).Decide<ObsPlugin>("obs").Of(First);

        // What is read is larger by a number, what is made by another: errors are relative, and the damping is.
        Context(scaled).Decide<ObsPlugin>("obs").Of(First).Zip(scores).Should().AllSatisfy(static pair => pair.First.Should().BeApproximately(pair.Second, 1e-5 * pair.Second));
    }

    [Fact]
    public void Of_channels_that_are_all_worth_nothing_the_last_goes_first()
    {
        Network network = Chain(channels: 5).WithWeight(Second, static weight => weight.WithFloats(new float[weight.Count]));

        double[] scores = Context(network).Decide<ObsPlugin>("obs").Of(First);

        // A denormal number may be zero to whoever compares it: native libraries set the thread that loads them so.
        scores.Should().BeInDescendingOrder().And.OnlyHaveUniqueItems().And.OnlyContain(static score => double.IsNormal(score));
    }

    [Theory]
    [InlineData("flops")]
    [InlineData("parameters")]
    public void An_error_is_weighed_against_what_is_saved(string cost)
    {
        Network network = Chain(channels: 6);
        double[] plain = Context(network).Decide<ObsPlugin>("obs", ("obs-cost", "none")).Of(First);
        double[] weighed = Context(network).Decide<ObsPlugin>("obs", ("obs-cost", cost)).Of(First);

        // The picture is 3 x 12 x 12; a channel has 3 x 9 weights, and 9 in each of 4 filters behind.
        double saved = ((3 * 9) + (4 * 9)) * (cost == "flops" ? 12 * 12 : 1);
        plain.Zip(weighed).Should().AllSatisfy(pair => pair.Second.Should().BeApproximately(pair.First / Math.Sqrt(saved), 1e-9 * pair.First / Math.Sqrt(saved)));
    }

    [Fact]
    public void Channels_that_are_read_faintly_are_not_taken_for_free()
    {
        // Half of the 16 channels with a thirtieth of the weight: a thousandth of the squared error each, where the square of that would be as good as nothing.
        Network network = Chain(channels: 16).WithWeight(Second, static weight => weight.WithFloats([.. weight.Floats.ToArray().Chunk(9).SelectMany(static (taps, i) => taps.Select(tap => i % 16 < 8 ? tap / 30 : tap))]));

        var curve = new EnergyCurve(Context(network).Decide<ObsPlugin>("obs", ("obs-damping", "1")).Scores);

        curve.FindFreeRate().Should().BeLessThan(EnergyCurve.LeastFreeRate);
        curve.At(0.5).Should().BeInRange(1e-4, 1e-2);
    }

    [Fact]
    public void What_an_addition_ties_has_one_score_and_where_it_is_left_alone_nothing_is_asked_of_it()
    {
        Network network = RandomNetworks.Make(3, isPadded: true, preservesZero: false);
        var asked = new List<InputMeasurement>();
        var context = new PruningContext(network, NetworkAnalysis.Of(network, PruningScope.Full).Groups, SeenInputs.Services(asked.Add));

        ChannelDecision decision = context.Decide<ObsPlugin>("obs", ("obs-pictures", "2"));
        ChannelDecision skipping = context.Decide<ObsPlugin>("obs", ("coupling", "skip"));

        asked.Should().HaveCount(2, "all layers of a small network are measured together");
        asked[0].Pictures.Should().Be(2);
        asked[1].Layers.Length.Should().BeLessThan(asked[0].Layers.Length);
        context.Groups.Should().Contain(static group => group.IsTiedByAddition && !group.IsLocked);
        foreach (ChannelGroup group in context.Groups.Where(static group => group.IsTiedByAddition && !group.IsLocked && !group.Readers.IsEmpty))
        {
            foreach (MemberScores scores in decision.Scores.Where(scores => scores.Group == group))
            {
                scores.Values.Should().Equal(scores.Member.Elements.Select(element => OfElements(decision, group)[element]));
            }

            skipping.Scores.Should().NotContain(scores => scores.Group == group);
        }
    }

    [Fact]
    public void Without_pictures_it_says_so_and_of_nothing_it_asks_nothing()
    {
        Network network = Chain(channels: 5);

        FluentActions.Invoking(() => Decisions.ContextOf(network).Decide<ObsPlugin>("obs")).Should().Throw<MeasurementException>();
        new PruningContext(network, [], Decisions.Services).Decide<ObsPlugin>("obs").Scores.Should().BeEmpty();
    }

    [Fact]
    public void A_batch_norm_that_is_not_finite_is_named()
    {
        var builder = new NetworkBuilder(1, 3, 12, 12);
        string norm = builder.Norm(builder.Conv(builder.Act(builder.Conv("input", 5, 3)), 4, 3));
        builder.Head(norm);
        Network network = builder.Build("chain");
        var old = (BatchNorm)network[norm].Operation;
        network = network.With(network.Nodes.Select(node => node.Id == norm ? node with { Operation = old with { Gamma = Tensor.FromFloats([1, 1, float.NaN, 1]) } } : node), network.Heads);

        FluentActions.Invoking(() => Context(network).Decide<ObsPlugin>("obs")).Should().Throw<MeasurementException>().WithMessage($"Channel 2 of the batch norm '{norm}'*not finite*");
    }

    private static PruningContext Context(Network network) => new(network, NetworkAnalysis.Of(network, PruningScope.Full).Groups, SeenInputs.Services());

    private static InputMoments MomentsOf(Network network, string layer) => SeenInputs.Meter.Measure(network, new InputMeasurement([layer], 256), 0, CancellationToken.None).Layers[0];

    private static double VarianceOf(Network network, string value) =>
        SeenInputs.Meter.Measure(network, new InputMeasurement([], 256) { Values = [value] }, 0, CancellationToken.None).Values[0].Variances.Sum();

    private static double[] OfElements(ChannelDecision decision, ChannelGroup group)
    {
        double[] scores = new double[group.Size];
        foreach (MemberScores of in decision.Scores.Where(scores => scores.Group == group))
        {
            for (int i = 0; i < of.Values.Length; i++)
            {
                scores[of.Member.Elements[i]] = of.Values[i];
            }
        }

        return scores;
    }

    /// <summary>Two convolutions of 3 x 3 without batch norms, the second with 4 filters.</summary>
    private static Network Chain(int channels)
    {
        var builder = new NetworkBuilder(1, 3, 12, 12);
        builder.Head(builder.Conv(builder.Act(builder.Conv("input", channels, 3)), 4, 3));
        return builder.Build("chain");
    }

    private static Tensor Copied(Tensor weight, int from, int to)
    {
        float[] values = weight.Floats.ToArray();
        int width = values.Length / weight.Shape[0];
        values.AsSpan(from * width, width).CopyTo(values.AsSpan(to * width));
        return weight.WithFloats(values);
    }
}
