using System.Collections.Immutable;
using System.Globalization;
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
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Selection;

/// <summary>Criteria that choose by themselves, at any rate.</summary>
public sealed class OwnChoiceTests
{
    private readonly Network _network;

    public OwnChoiceTests()
    {
        var net = new NetworkBuilder(4);
        net.Head(net.Conv(net.ConvNormAct(net.ConvNormAct("input", 64), 64), 5, size: 1, bias: true));
        _network = net.Build();
    }

    [Fact]
    public void Make_WithoutABudget_TakesTheCriterionsOwnRate()
    {
        PlanResult result = Make(new PlanRequest { Criterion = new LastOnes(0.25), ChosenOptions = ImmutableHashSet<string>.Empty });

        result.Rate.Should().BeNull("a rate of its own is not lowered to what is free");
        Kept(result).Should().Equal(48, 48);
    }

    [Fact]
    public void Make_Budget_SearchesTheRateAndWritesItAsTheOptionIsWritten()
    {
        PlanResult result = Make(new PlanRequest { Criterion = new LastOnes(0.25), Budget = new Budget { Parameters = BudgetBound.Parse("40%") } });

        ((double)PlanCost.Of(result.Plan).Parameters / NetworkCost.Of(_network).Parameters).Should().BeInRange(0.36, 0.4);
        result.Decision!.Rate!.Text.Should().Be(string.Create(CultureInfo.InvariantCulture, $"{result.Rate!.Value * 100:0.##}L{result.Rate.Value * 50:0.##}"));
        result.Decision.Notes.Should().ContainSingle().Which.Text.Should().Be(string.Create(CultureInfo.InvariantCulture, $"at {result.Rate}"));
    }

    [Fact]
    public void Make_Blocks_CarryTheChoiceToWhatTheyLeave()
    {
        var net = new NetworkBuilder(5);
        string stem = net.ConvNormAct("input", 8);
        net.Head(net.Conv(net.Add(new Add(), stem, net.ConvNormAct(stem, 8)), 5, 1));
        Network network = net.Build();

        PlanResult result = new PlanMaker(GammaCriterion.Services).Make(
            network, new PlanRequest { Criterion = new LastOnes(0.5), Blocks = 1, BlockCriterion = new AnyBlock() }, CancellationToken.None);

        result.Plan.Masks.Kept(result.Plan.Analysis.Groups[0]).Should().Be(4);
    }

    [Theory]
    [InlineData(PruningCurve.Agp)]
    [InlineData(PruningCurve.Linear)]
    [InlineData(PruningCurve.Exponential)]
    public void Make_InRounds_SharesOfWhatIsLeftMakeUpTheWhole(PruningCurve curve)
    {
        Network small = _network;
        var rates = new List<double>();
        for (int number = 1; number <= 4; number++)
        {
            var round = new PruningRound(number, 4, curve, _network);
            PlanResult result = new PlanMaker(GammaCriterion.Services).Make(small, new PlanRequest { Criterion = new LastOnes(0.6), Round = round }, CancellationToken.None);
            rates.Add(result.Decision!.Rate!.Value);
            small = NetworkSurgeon.Apply(result.Plan, CancellationToken.None).Network;
        }

        rates.Aggregate(1.0, static (left, rate) => left * (1 - rate)).Should().BeApproximately(0.4, 1e-12);
        small.Nodes.Select(static node => node.Operation).OfType<BatchNorm>().First().Gamma.Count.Should().BeInRange(26, 28, "each round rounds in favour of what stays");
    }

    [Fact]
    public void Make_Forecast_HasARowForEachRate()
    {
        Forecast forecast = new Forecaster(GammaCriterion.Services).Make(NetworkAnalysis.Of(_network, PruningScope.Full), new LastOnes(0.6), seed: 0, CancellationToken.None);

        forecast.Rows.Select(static row => row.Parameters).Should().HaveCount(9).And.BeInDescendingOrder();
        forecast.Rows[0].Energy.Should().BeNull();
        forecast.IsSparse.Should().BeFalse();
        forecast.Verdict.Should().Contain("its own choice at every rate");
    }

    [Fact]
    public void At_MasksWithoutARate_IsRefused()
    {
        ChannelDecision decision = ChannelDecision.FromMasks(new ChannelMasks([]), []);

        decision.Rate.Should().BeNull();
        FluentActions.Invoking(() => decision.At(0.5)).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void At_ScoresWithARule_KeepsAllButTheRate()
    {
        var rule = new SelectionRule { Rate = 0.5, RateOption = "percent", LayerKeep = 0.1 };
        ChannelDecision decision = ChannelDecision.FromScores([], rule).WithNotes([new LayerNote(_network.Nodes[0], "text")]);

        ChannelDecision other = decision.At(0.25);

        other.Rule.Should().Be(rule with { Rate = 0.25 });
        other.Notes.Should().Equal(decision.Notes);
        other.Rate!.Text.Should().Be("0.25");
    }

    private static int[] Kept(PlanResult result) => [.. result.Plan.Analysis.Groups.Where(static group => !group.IsLocked).Select(result.Plan.Masks.Kept)];

    private PlanResult Make(PlanRequest request) => new PlanMaker(GammaCriterion.Services).Make(_network, request, CancellationToken.None);

    /// <summary>Drops the last channels of each group; its option tells two numbers.</summary>
    private sealed class LastOnes(double rate) : IPruningCriterion
    {
        public ChannelDecision Decide(PruningContext context, CancellationToken cancellationToken) => ChannelDecision.FromRate(
            new SelectionRate(rate, "rates") { Format = static value => string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.##}L{value * 50:0.##}") },
            value => ChannelDecision.FromMasks(new ChannelMasks(context.Groups.Select(group => MaskOf(group, value))), default)
                .WithNotes([new LayerNote(context.Network.Nodes[0], string.Create(CultureInfo.InvariantCulture, $"at {value}"))]));

        private static ImmutableArray<bool> MaskOf(ChannelGroup group, double rate) =>
            [.. Enumerable.Range(0, group.Size).Select(element => element < group.Size - (int)(rate * group.Size))];
    }

    private sealed class AnyBlock : PluginPrune.Contracts.Blocks.IBlockCriterion
    {
        public double? Score(Network network, ResidualBlock block) => 1;
    }
}
