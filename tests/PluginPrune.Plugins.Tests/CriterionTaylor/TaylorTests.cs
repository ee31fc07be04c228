using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Measuring;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Selection;
using PluginPrune.CriterionTaylor;
using PluginPrune.Plugins.Tests.TorchEngine;
using PluginPrune.Plugins.Tests.WeightCriteria;

namespace PluginPrune.Plugins.Tests.CriterionTaylor;

/// <summary>The criterion that asks for the loss.</summary>
public sealed class TaylorTests
{
    private readonly List<ChannelMeasurement> _asked = [];

    [TorchTheory]
    [InlineData("gates")]
    [InlineData("scales")]
    [InlineData("filters")]
    public void Scores_are_the_roots_of_what_is_measured_of_each_layer(string form)
    {
        Network network = MeasuredNetworks.Of("yolo");
        ChannelMeter meter = MeasuredNetworks.Meter("yolo", 5);

        ChannelDecision decision = Decide(network, meter, ("taylor-of", form), ("taylor-batch", "2"), ("taylor-pictures", "4"));

        ChannelMeasurement asked = _asked.Should().ContainSingle("all layers are measured together").Subject;
        (asked.Pictures, asked.BatchSize).Should().Be((4, 2));
        ImmutableArray<double[]> measured = meter.Measure(network, asked, 0, CancellationToken.None);
        decision.Scores.Should().HaveCount(measured.Length);
        decision.Scores.Zip(measured, asked.Measures).Should().AllSatisfy(entry =>
        {
            (MemberScores scores, double[] importances, ChannelMeasure measure) = entry;
            scores.Values.Select(static score => score * score).Zip(importances).Should().AllSatisfy(static pair => pair.First.Should().BeApproximately(pair.Second, 1e-12 * pair.Second));
            measure.Node.Should().Be((form == "filters" ? scores.Member.Layer : scores.Member.BatchNorm ?? scores.Member.Layer).Id);
            measure.Kind.Should().Be((form, scores.Member.BatchNorm) switch
            {
                ("gates", _) => ChannelMeasureKind.TaylorGates,
                ("scales", not null) => ChannelMeasureKind.TaylorScales,
                _ => ChannelMeasureKind.TaylorFilters,
            });
        });
        decision.Scores.Select(static scores => scores.Member.Layer.Id).Should().Contain(MeasuredNetworks.Plain, "it has filters, though no batch norm");
    }

    [TorchFact]
    public void Channels_in_another_order_score_in_that_order()
    {
        Network network = MeasuredNetworks.Of("yolo");
        int[] order = [3, 0, 4, 2, 1];
        Network reordered = network.WithWeight("n0", weight => WeightOf.Reordered(weight, order))
            .WithWeight("n3", weight => weight.WithFloats([.. weight.Floats.ToArray().Chunk(9).Chunk(5).SelectMany(filter => order.SelectMany(channel => filter[channel]))]));
        var norm = (BatchNorm)network["n1"].Operation;
        Tensor Reorder(Tensor tensor) => WeightOf.Reordered(tensor, order);
        reordered = reordered.With(
            reordered.Nodes.Select(node => node.Id == "n1"
                ? node with { Operation = norm with { Gamma = Reorder(norm.Gamma), Beta = Reorder(norm.Beta), Mean = Reorder(norm.Mean), Variance = Reorder(norm.Variance) } }
                : node),
            network.Heads);

        double[] before = Decide(network, MeasuredNetworks.Meter("yolo", 4)).Of("n0");
        double[] after = Decide(reordered, MeasuredNetworks.Meter("yolo", 4)).Of("n0");

        for (int i = 0; i < order.Length; i++)
        {
            after[i].Should().BeApproximately(before[order[i]], 1e-4 * before[order[i]]);
        }
    }

    [TorchFact]
    public void Of_equal_channels_the_later_goes_first_and_dead_ones_before_all()
    {
        Network network = MeasuredNetworks.Of("yolo");
        int[] twins = [0, 1, 1, 3, 4];
        var norm = (BatchNorm)network["n1"].Operation;
        Tensor Twin(Tensor tensor) => WeightOf.Reordered(tensor, twins);
        float[] gamma = Twin(norm.Gamma).Floats.ToArray();
        gamma[3] = 0;
        network = network.WithWeight("n0", Twin)
            .WithWeight("n3", weight => weight.WithFloats([.. weight.Floats.ToArray().Chunk(9).Chunk(5).SelectMany(filter => twins.SelectMany(channel => filter[channel]))]));
        network = network.With(
            network.Nodes.Select(node => node.Id == "n1"
                ? node with { Operation = norm with { Gamma = norm.Gamma.WithFloats(gamma), Beta = Twin(norm.Beta), Mean = Twin(norm.Mean), Variance = Twin(norm.Variance) } }
                : node),
            network.Heads);
        var services = Services(MeasuredNetworks.Meter("yolo", 4));
        var analysis = NetworkAnalysis.Of(network, PruningScope.Full);
        var context = new PruningContext(network, analysis.Groups, services);

        ChannelDecision decision = context.Decide<TaylorPlugin>("taylor", ("range", "per-layer"));

        double[] scores = decision.Of("n0");
        scores[3].Should().Be(0);
        scores[1].Should().Be(scores[2]);
        ChannelGroup group = analysis.Groups.First(static group => group.Name == "n0");
        int twinRank = scores.Count(score => score < scores[1]);
        ImmutableArray<bool> kept = services.Select(context, decision.At((twinRank + 1) / 5.0))[group];
        kept[3].Should().BeFalse();
        (kept[1], kept[2]).Should().Be((true, false));
    }

    [TorchFact]
    public void Layers_that_an_addition_ties_are_ranked_by_the_sum_of_their_importances()
    {
        Network network = MeasuredNetworks.Of("yolo");
        var services = Services(MeasuredNetworks.Meter("yolo", 4));
        var analysis = NetworkAnalysis.Of(network, PruningScope.Full);
        var context = new PruningContext(network, analysis.Groups, services);
        ChannelGroup tied = analysis.Groups.Single(static group => group.IsTiedByAddition);

        ChannelDecision decision = context.Decide<TaylorPlugin>("taylor", ("range", "per-layer"), ("layer-keep", "0"));

        double[] sums = new double[tied.Size];
        foreach (MemberScores scores in decision.Scores.Where(scores => scores.Group == tied))
        {
            for (int i = 0; i < scores.Values.Length; i++)
            {
                sums[scores.Member.Elements[i]] += scores.Values[i] * scores.Values[i];
            }
        }

        tied.Members.Length.Should().BeGreaterThan(2);
        ImmutableArray<bool> kept = services.Select(context, decision)[tied];
        kept.Count(static keep => keep).Should().Be(3);
        kept.Select((keep, i) => (keep, sums[i])).Where(static pair => !pair.keep).Max(static pair => pair.Item2)
            .Should().BeLessThan(kept.Select((keep, i) => (keep, sums[i])).Where(static pair => pair.keep).Min(static pair => pair.Item2));
    }

    [TorchFact]
    public void A_budget_is_searched_for_with_one_measurement()
    {
        Network network = MeasuredNetworks.Of("yolov5");
        var criterion = TestKit.PluginFactory.Create<TaylorPlugin, IPruningCriterion>("taylor");

        PlanResult result = new PlanMaker(Services(MeasuredNetworks.Meter("yolov5", 4))).Make(
            network, new PlanRequest { Criterion = criterion, Budget = new Budget { Flops = BudgetBound.Parse("60%") } }, CancellationToken.None);

        result.Rate.Should().BeGreaterThan(0);
        _asked.Should().ContainSingle();
    }

    [Fact]
    public void Without_pictures_it_says_so_and_of_nothing_it_asks_nothing()
    {
        Network network = MeasuredNetworks.Of("yolo");

        FluentActions.Invoking(() => Decisions.ContextOf(network).Decide<TaylorPlugin>("taylor")).Should().Throw<MeasurementException>();
        new PruningContext(network, [], Decisions.Services).Decide<TaylorPlugin>("taylor").Scores.Should().BeEmpty();
    }

    private ChannelDecision Decide(Network network, ChannelMeter meter, params (string, string)[] options) =>
        new PruningContext(network, NetworkAnalysis.Of(network, PruningScope.Full).Groups, Services(meter)).Decide<TaylorPlugin>("taylor", options);

    private PruningServices Services(ChannelMeter meter) => new(static (name, _) => throw new NotSupportedException(name))
    {
        Meter = (context, measurement, token) =>
        {
            _asked.Add(measurement);
            return meter.Measure(context.Network, measurement, context.Seed, token);
        },
    };
}
