using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Costs;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Surgery;
using PluginPrune.Core.Tests.Inspection;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Plans;

public sealed class PruningRoundTests
{
    private static readonly Network Some = RandomNetworks.Make(1, isPadded: true, preservesZero: false);

    [Theory]
    [InlineData(PruningCurve.Linear, 0.8, 0.2, 0.4, 0.6, 0.8)]
    [InlineData(PruningCurve.Agp, 0.8, 0.4625, 0.7, 0.7875, 0.8)] // 0.8 (1 - (3/4)^3), 0.8 (1 - (1/2)^3), 0.8 (1 - (1/4)^3)
    [InlineData(PruningCurve.Exponential, 0.9375, 0.5, 0.75, 0.875, 0.9375)] // a half of what is left, four times
    public void Share_FourRounds_FollowsTheCurveAndEndsWhereItWasAskedTo(PruningCurve curve, double final, params double[] shares) =>
        Enumerable.Range(1, 4).Select(number => new PruningRound(number, 4, curve, Some).Share(final)).Should().Equal(shares, static (found, wanted) => Math.Abs(found - wanted) < 1e-12);

    [Theory]
    [InlineData(PruningCurve.Linear)]
    [InlineData(PruningCurve.Agp)]
    [InlineData(PruningCurve.Exponential)]
    public void Share_LastRound_IsThatOfTheEndToTheLastBit(PruningCurve curve) => new PruningRound(7, 7, curve, Some).Share(0.93).Should().Be(0.93);

    [Fact]
    public void Limit_Budget_ShrinksAlongTheCurveAndEndsAtIt()
    {
        var whole = new CostTotals(1000, 8000, long.MaxValue);

        new PruningRound(1, 2, PruningCurve.Linear, Some).Limit(new CostTotals(200, long.MaxValue, long.MaxValue), whole)
            .Should().Be(new CostTotals(600, long.MaxValue, long.MaxValue), "of the 800 that go half go first, and what has no bound gets none");
        new PruningRound(2, 2, PruningCurve.Linear, Some).Limit(new CostTotals(200, 4000, long.MaxValue), whole).Should().Be(new CostTotals(200, 4000, long.MaxValue));
    }

    public static TheoryData<int, Coupling, SelectionRange> Cases()
    {
        var cases = new TheoryData<int, Coupling, SelectionRange>();
        Coupling[] couplings = [Coupling.Union, Coupling.Skip, Coupling.Maximum];
        for (int seed = 0; seed < 60; seed++)
        {
            // What constraints bring back is ranked by a channel's largest score, and never what has gone in an earlier round: where they
            // must bring much back, or another score decides (First, Mean, L2), rounds may end with other channels than one alone.
            if (!NetworkAnalysis.Of(RandomNetworks.Make(seed, isPadded: true, preservesZero: false), PruningScope.Full).Constraints.IsEmpty)
            {
                continue;
            }

            cases.Add(seed, couplings[seed % couplings.Length], seed % 5 == 3 ? SelectionRange.PerLayer : SelectionRange.Global);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Make_RoundsWithoutTrainingBetween_EndWithWhatOneAloneLeaves(int seed, Coupling coupling, SelectionRange range)
    {
        Network whole = RandomNetworks.Make(seed, isPadded: true, preservesZero: false);
        EndAlike(whole, new GammaCriterion(0.67, coupling, range));
    }

    [Theory]
    [InlineData(Coupling.First)]
    [InlineData(Coupling.Mean)]
    [InlineData(Coupling.L2)]
    [InlineData(Coupling.Union)]
    public void Make_TiedLayersInRounds_EndWithWhatOneAloneLeaves(Coupling coupling)
    {
        var net = new NetworkBuilder(6, height: 8, width: 8);
        string stem = net.ConvNormAct("input", 40);
        string sum = net.Add(new Add(), stem, net.ConvNormAct(net.ConvNormAct(stem, 20, 1), 40));
        sum = net.Add(new Add(), sum, net.ConvNormAct(net.ConvNormAct(sum, 20, 1), 40));
        net.Head(net.Conv(sum, 6, size: 1, bias: true));
        EndAlike(net.Build(), new GammaCriterion(0.67, coupling));
    }

    [Fact]
    public void Make_GlobalRate_EachRoundLeavesTheOriginalLessTheShareOfTheCurve()
    {
        var net = new NetworkBuilder(4, height: 8, width: 8);
        string last = net.ConvNormAct(net.ConvNormAct(net.ConvNormAct("input", 37), 41), 22);
        net.Head(net.Conv(last, 6, size: 1, bias: true));
        Network whole = net.Build();
        Network small = whole;

        // Of 100 channels: 0.7 (1 - (2/3)^3) of them is 49.26, 0.7 (1 - (1/3)^3) is 67.41.
        int[] left =
        [
            .. Enumerable.Range(1, 3).Select(number =>
            {
                small = Make(small, new GammaCriterion(0.7), new PruningRound(number, 3, PruningCurve.Agp, whole));
                return Gammas(small).Sum(static layer => layer.Length);
            }),
        ];

        left.Should().Equal(100 - 49, 100 - 67, 100 - 70);
    }

    [Fact]
    public void Make_Budget_EachRoundMeetsItsOwn()
    {
        var net = new NetworkBuilder(4, height: 8, width: 8);
        string last = net.ConvNormAct(net.ConvNormAct(net.ConvNormAct("input", 60), 60), 60);
        net.Head(net.Conv(last, 6, size: 1, bias: true));
        Network whole = net.Build();
        long all = NetworkCost.Of(whole).Parameters;
        Network small = whole;

        for (int number = 1; number <= 3; number++)
        {
            var round = new PruningRound(number, 3, PruningCurve.Linear, whole);
            small = Apply(small, new PlanRequest { Criterion = new GammaCriterion(0), Budget = new Budget { Parameters = BudgetBound.Parse("25%") }, Round = round });

            ((double)NetworkCost.Of(small).Parameters / all).Should().BeInRange((1 - (0.25 * number)) - 0.02, 1 - (0.25 * number));
        }
    }

    [Fact]
    public void Make_CriterionThatChoosesItself_IsRefused()
    {
        Action making = () => Make(Some, new OwnChoice(), new PruningRound(1, 2, PruningCurve.Agp, Some));

        making.Should().Throw<PlanException>().WithMessage("Pruning in rounds needs a criterion with a rate*");
    }

    private static void EndAlike(Network whole, GammaCriterion criterion)
    {
        Network alone = Make(whole, criterion, null);
        foreach (PruningCurve curve in Enum.GetValues<PruningCurve>())
        {
            Network small = whole;
            var sizes = new List<long>();
            for (int number = 1; number <= 5; number++)
            {
                small = Make(small, criterion, new PruningRound(number, 5, curve, whole));
                sizes.Add(NetworkCost.Of(small).Parameters);
            }

            sizes.Should().BeInDescendingOrder();
            Gammas(small).Should().BeEquivalentTo(Gammas(alone), static options => options.WithStrictOrdering(), "of {0}", curve);
        }
    }

    private static Network Make(Network network, IPruningCriterion criterion, PruningRound? round) => Apply(network, new PlanRequest { Criterion = criterion, Round = round });

    private static Network Apply(Network network, PlanRequest request) =>
        NetworkSurgeon.Apply(new PlanMaker(GammaCriterion.Services).Make(network, request, CancellationToken.None).Plan, CancellationToken.None).Network;

    // Cutting keeps them as they are: they tell which channels are left.
    private static float[][] Gammas(Network network) => [.. network.Nodes.Select(static node => node.Operation).OfType<BatchNorm>().Select(static norm => norm.Gamma.Floats.ToArray())];

    private sealed class OwnChoice : IPruningCriterion
    {
        public ChannelDecision Decide(PruningContext context, CancellationToken cancellationToken) => ChannelDecision.FromMasks(ChannelMasks.All(context.Groups), []);
    }
}
