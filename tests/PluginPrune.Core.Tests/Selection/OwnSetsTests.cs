using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Costs;
using PluginPrune.Core.Inspection;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Surgery;
using PluginPrune.Core.Tests.Inspection;
using PluginPrune.Core.Tests.Support;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Selection;

/// <summary>Criteria whose scores are places in sets of their own, as clusters of filters are.</summary>
public sealed class OwnSetsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(0.29)]
    [InlineData(0.3)]
    [InlineData(1.0 / 3)]
    [InlineData(0.57)]
    [InlineData(0.999)]
    public void Select_Rate_DropsTheFloorOfTheShareOfEverySet(double rate)
    {
        int[] sizes = [1, 2, 3, 7, 10, 100];
        NetworkAnalysis analysis = OneLayerOf(sizes.Sum());

        ChannelMasks masks = Select(analysis, rate, new Sets(sizes));

        int first = 0;
        foreach (int size in sizes)
        {
            // By whole numbers, as a person counts: r of n go where r / n is at most the rate.
            int dropped = Enumerable.Range(1, size).Count(rank => rank * 3_000_000_000_000L <= (long)Math.Round(rate * 3e12) * size);
            masks[analysis.Groups[0]].Skip(first).Take(size).Should().Equal(Enumerable.Range(0, size).Select(place => place >= dropped), "of {0}", size);
            first += size;
        }
    }

    [Fact]
    public void Select_RateOne_LeavesTheFloor() => Select(OneLayerOf(9), 1, new Sets([4, 5])).Kept(OneLayerOf(9).Groups[0]).Should().Be(1);

    [Theory]
    [InlineData(PruningCurve.Agp)]
    [InlineData(PruningCurve.Linear)]
    [InlineData(PruningCurve.Exponential)]
    public void Make_InRounds_EndsWithTheShareOfTheOriginal(PruningCurve curve)
    {
        var net = new NetworkBuilder(4);
        net.Head(net.Conv(net.ConvNormAct(net.ConvNormAct("input", 40), 80), 5, size: 1, bias: true));
        Network whole = net.Build();
        Network small = whole;

        for (int number = 1; number <= 4; number++)
        {
            PlanResult result = new PlanMaker(GammaCriterion.Services).Make(
                small, new PlanRequest { Criterion = new Halves(0.6), Round = new PruningRound(number, 4, curve, whole) }, CancellationToken.None);
            small = NetworkSurgeon.Apply(result.Plan, CancellationToken.None).Network;
        }

        // Two sets in each layer, each of which may keep one more than the share in each round, and makes up for it in the next.
        int[] left = [.. small.Nodes.Select(static node => node.Operation).OfType<BatchNorm>().Select(static norm => norm.Gamma.Count)];
        left[0].Should().BeInRange(16, 18);
        left[1].Should().BeInRange(32, 34);
    }

    [Fact]
    public void Make_Budget_IsMetByTheRateInTheSets()
    {
        var net = new NetworkBuilder(4);
        net.Head(net.Conv(net.ConvNormAct(net.ConvNormAct("input", 64), 64), 5, size: 1, bias: true));
        Network whole = net.Build();

        PlanResult result = new PlanMaker(GammaCriterion.Services).Make(
            whole, new PlanRequest { Criterion = new Halves(0.1), Budget = new Budget { Flops = BudgetBound.Parse("50%") } }, CancellationToken.None);

        double left = (double)PlanCost.Of(result.Plan).Flops / (2 * NetworkCost.Of(whole).Layers.Sum(static layer => layer.MultiplyAdds));
        left.Should().BeInRange(0.45, 0.5);
        result.Decision!.Rate.Should().BeEquivalentTo(new { Value = result.Rate!.Value, Option = "share" });
        int[] kept = [.. result.Plan.Analysis.Groups.Take(2).Select(result.Plan.Masks.Kept)];
        kept[0].Should().Be(kept[1], "each layer loses the same share of the same sets");
    }

    [Fact]
    public void Make_ForecastOfPlaces_HasRowsAndNoEnergy()
    {
        Forecast forecast = new Forecaster(GammaCriterion.Services).Make(OneLayerOf(40), new Halves(0.5), seed: 0, CancellationToken.None);

        forecast.Rows.Select(static row => row.Parameters).Should().BeInDescendingOrder().And.OnlyHaveUniqueItems();
        forecast.Rows.Should().OnlyContain(static row => row.Energy == null, "places are no magnitudes");
        forecast.Verdict.Should().Contain("sets of its own");
    }

    private static ChannelMasks Select(NetworkAnalysis analysis, double rate, Sets sets)
    {
        var context = new PruningContext(analysis.Network, analysis.Groups, GammaCriterion.Services);
        GroupMember member = analysis.Groups[0].Members[0];
        var scores = new MemberScores(analysis.Groups[0], member, sets.Places());
        return GammaCriterion.Services.Select(context, ChannelDecision.FromScores([scores], new SelectionRule { Rate = rate, HasOwnSets = true }));
    }

    private static NetworkAnalysis OneLayerOf(int channels)
    {
        var net = new NetworkBuilder(3);
        net.Head(net.Conv(net.ConvNormAct("input", channels), 5, 1));
        return net.Analyse();
    }

    /// <summary>Sets one after the other, each with its lowest first.</summary>
    private sealed record Sets(int[] Sizes)
    {
        public double[] Places() => [.. Sizes.SelectMany(static size => Enumerable.Range(1, size).Select(rank => (double)rank / size))];
    }

    /// <summary>The first and the second half of the channels of each layer that is not locked are a set each.</summary>
    private sealed class Halves(double rate) : IPruningCriterion
    {
        public ChannelDecision Decide(PruningContext context, CancellationToken cancellationToken) => ChannelDecision.FromScores(
            [
                .. context.Groups.Where(static group => !group.IsLocked).Select(static group => new MemberScores(
                    group, group.Members[0], new Sets([(group.Size + 1) / 2, group.Size / 2]).Places())),
            ],
            new SelectionRule { Rate = rate, RateOption = "share", HasOwnSets = true });
    }
}
