using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Costs;
using PluginPrune.Core.Inspection;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Surgery;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Inspection;

public sealed class ForecasterTests
{
    private readonly NetworkBuilder _net = new(6);

    [Theory]
    [InlineData(Coupling.Union)]
    [InlineData(Coupling.First)]
    [InlineData(Coupling.Maximum)]
    public void Make_RisingRates_LeaveLessAndTakeMoreEnergy(Coupling coupling)
    {
        Forecast forecast = Make(Residual(static i => (i + 1) / 64f), coupling);

        forecast.Rows.Select(static row => row.Rate).Should().Equal(Forecaster.Rates);
        forecast.Rows.Select(static row => row.Parameters).Should().BeInDescendingOrder();
        forecast.Rows.Select(static row => row.Gflops).Should().BeInDescendingOrder();
        forecast.Rows.Select(static row => row.Energy).Should().BeInAscendingOrder();
    }

    [Fact]
    public void Make_ARow_IsWhatPruningAtThatRateLeaves()
    {
        Network network = Residual(static i => (i * 37 % 64) / 64f);

        ForecastRow row = Make(network, Coupling.Union).Rows[5];

        PlanResult result = new PlanMaker(GammaCriterion.Services).Make(
            network, new PlanRequest { Criterion = new GammaCriterion(0.6) }, CancellationToken.None);
        var cost = NetworkCost.Of(NetworkSurgeon.Apply(result.Plan, CancellationToken.None).Network);
        row.Rate.Should().Be(0.6);
        row.Parameters.Should().Be(cost.Parameters);
        row.Gflops.Should().BeApproximately(cost.Gflops, 1e-12);
    }

    [Fact]
    public void Make_ScoresWithAGap_NamesTheSafeRate()
    {
        Forecast forecast = Make(Residual(static i => i < 40 ? 0.001f + (i * 1e-5f) : 0.5f + (i * 0.01f)), Coupling.Union);

        forecast.Cliff!.SafeRate.Should().BeApproximately(0.625, 0.001);
        forecast.Cliff.Below.Should().BeApproximately(0.00139, 1e-5);
        forecast.Cliff.Above.Should().BeApproximately(0.9, 1e-5);
        forecast.IsSparse.Should().BeTrue();
        forecast.Verdict.Should().StartWith("Sparse: ").And.Contain("62.5 %");
    }

    [Fact]
    public void Make_ZerosAndThenASlope_IsSparseWithoutAGap()
    {
        // As the soft threshold leaves it: 40 of 64 are exactly 0, the others rise from there without a jump.
        Forecast forecast = Make(Residual(static i => i < 40 ? 0 : (i - 39) * 0.02f), Coupling.Union);

        forecast.IsSparse.Should().BeTrue();
        forecast.SafeRate.Should().BeInRange(0.62, 0.64);
        forecast.Verdict.Should().StartWith("Sparse: 62.5 % ").And.Contain("70 % takes");
    }

    [Fact]
    public void Make_ZerosAndARateOfEachLayer_IsNotCalledSparse()
    {
        NetworkAnalysis analysis = NetworkAnalysis.Of(Residual(static i => i < 40 ? 0 : 1), PruningScope.Full);

        Forecast forecast = new Forecaster(GammaCriterion.Services).Make(
            analysis, new GammaCriterion(0.5, range: SelectionRange.PerLayer), seed: 0, CancellationToken.None);

        forecast.IsSparse.Should().BeFalse("no rate over all layers is the criterion's");
    }

    [Theory]
    [InlineData(40, 0.8, null, 0.625)]
    [InlineData(40, 0.8, "other", 0.625)]
    [InlineData(40, 0.8, "rate", null)]
    [InlineData(40, 0.5, null, null)]
    [InlineData(10, 0.8, null, null)]
    public void A_rate_that_nobody_chose_takes_no_more_than_zeros_where_there_are_many(int zeros, double standard, string? chosen, double? rate)
    {
        PlanResult result = new PlanMaker(GammaCriterion.Services).Make(
            Residual(i => i < zeros ? 0 : 1 + (i * 0.01f)),
            new PlanRequest { Criterion = new GammaCriterion(standard), ChosenOptions = new[] { chosen }.OfType<string>().ToHashSet(StringComparer.Ordinal) },
            CancellationToken.None);

        result.Rate.Should().Be(rate);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0)]
    [InlineData(-0.5)]
    public void Make_ScoresWithoutAGap_SaysSo(double first)
    {
        Forecast forecast = Make(Residual(i => (float)first + (i / 64f)), Coupling.Union);

        forecast.Cliff.Should().BeNull();
        forecast.Verdict.Should().StartWith("Not sparse: the scores have no gap");
    }

    [Fact]
    public void Make_TiedLayersLeftAlone_CountsTheOthersScores()
    {
        Network network = Residual(static i => i < 40 ? 0.001f : 0.5f);

        Make(network, Coupling.Skip).Scores.Should().Be(64, "the stem and the branch's end are tied");
        Make(network, Coupling.First).Scores.Should().Be(128, "the tied pair counts once");
        Make(network, Coupling.Union).Scores.Should().Be(192);
    }

    [Fact]
    public void Make_ACriterionThatChoosesItself_ForecastsNothing()
    {
        NetworkAnalysis analysis = NetworkAnalysis.Of(Residual(static _ => 1), PruningScope.Full);

        Forecast forecast = new Forecaster(GammaCriterion.Services).Make(analysis, new KeepsAll(), seed: 0, CancellationToken.None);

        forecast.Rows.Should().BeEmpty();
        forecast.Verdict.Should().StartWith("No forecast");
    }

    [Fact]
    public void Make_ANetworkWithoutScores_ForecastsNothing()
    {
        _net.Head(_net.Conv("input", 5, 1));

        Forecast forecast = Make(_net.Build(), Coupling.Union);

        forecast.Scores.Should().Be(0);
        forecast.Verdict.Should().StartWith("No forecast");
    }

    private static Forecast Make(Network network, Coupling coupling) => new Forecaster(GammaCriterion.Services).Make(
        NetworkAnalysis.Of(network, PruningScope.Full), new GammaCriterion(0.5, coupling), seed: 0, CancellationToken.None);

    /// <summary>Three layers of 64 channels with the same gammas; the first and the last are tied.</summary>
    private Network Residual(Func<int, float> gamma)
    {
        string stem = ConvNorm("input", gamma);
        string sum = _net.Add(new Add(), stem, ConvNorm(ConvNorm(stem, gamma), gamma));
        _net.Head(_net.Conv(sum, 5, 1, bias: true));
        return _net.Build();
    }

    private string ConvNorm(string input, Func<int, float> gamma)
    {
        string conv = _net.Conv(input, 64, 1);
        var shape = new Shape(64);
        Tensor ones = Tensor.FromFloats([.. Enumerable.Repeat(1f, 64)]);
        return _net.Add(new BatchNorm(Tensor.FromFloats([.. Enumerable.Range(0, 64).Select(gamma)]), _net.Random(shape, 0.1f), _net.Random(shape, 0.1f), ones), conv);
    }

    private sealed class KeepsAll : IPruningCriterion
    {
        public ChannelDecision Decide(PruningContext context, CancellationToken cancellationToken) =>
            ChannelDecision.FromMasks(ChannelMasks.All(context.Groups), []);
    }
}
