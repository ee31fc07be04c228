using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Training;

namespace PluginPrune.Core.Tests.Training.Sparsity;

public sealed class CollapseForecasterTests
{
    private static readonly RateSettings Scripts = new()
    {
        LearningRate = 0.002324,
        Kind = RateKind.Constant,
        WarmUpEpochs = 0,
        Momentum = 0.97,
    };

    [Fact]
    public void A_constant_rate_gives_the_known_formula()
    {
        // Oxford hand at batch 20 by the scripts' defaults: their published curves bottom out about epoch 54.
        CollapseForecast forecast = Forecast(Scripts, 100, 241, strength: 0.001, planned: 50);

        forecast.Scale.Should().Be(1);
        forecast.Collapse.Should().BeApproximately(0.99 * 0.03 / (0.002324 * 0.001 * 241), 0.01).And.BeInRange(50, 55);
        forecast.Text.Should().Contain("after 53.0 of 100 epochs").And.Contain("For epoch 50.0 a strength of 0.0011 is needed");
    }

    [Fact]
    public void Too_few_steps_never_get_there_and_the_forecast_says_so()
    {
        // 500 pictures at batch 32: gammas 'do not move', as users report.
        CollapseForecast forecast = Forecast(Scripts, 100, 16, strength: 0.001, planned: 70);

        forecast.Collapse.Should().BeNull();
        forecast.Travel.Should().BeApproximately(100 * 16 * 0.002324 * 0.001 / 0.03, 1e-9);
        forecast.Text.Should().Contain("will not fall").And.Contain("move a scale by 0.124 at most").And.Contain("0.011 is needed");
    }

    [Theory]
    [InlineData(RateKind.Cosine)]
    [InlineData(RateKind.Linear)]
    [InlineData(RateKind.Step)]
    public void The_recommended_strength_gets_there_in_the_planned_epoch(RateKind kind)
    {
        var rates = new RateSettings { Kind = kind };
        double strength = Forecast(rates, 60, 50, strength: 1, planned: 40).Recommended!.Value;

        CollapseForecast forecast = Forecast(rates, 60, 50, strength * (1 + 1e-12), planned: 40);

        forecast.Collapse.Should().Be(40);
        Forecast(rates, 60, 50, strength * 0.98, planned: 40).Collapse.Should().BeGreaterThan(40);
    }

    [Fact]
    public void The_largest_of_those_that_are_to_go_is_looked_at()
    {
        Network network = SparseNetworks.Make(static i => (i + 1) * -0.01f, static i => (i + 1) * 0.01f);

        Make(network, 0.6).Scale.Should().BeApproximately(0.6, 1e-6);
        Make(network, 0.999).Scale.Should().BeApproximately(1, 1e-6);
        CollapseForecast none = Make(network, 0.01);
        none.Scale.Should().BeApproximately(0.01, 1e-6);
        none.Collapse.Should().Be(0);
        none.Recommended.Should().BeNull();
        none.Text.Should().Contain("small already");
    }

    private static CollapseForecast Make(Network network, double ratio) =>
        new CollapseForecaster(new RateSchedule(Scripts, 1000, 10), 100, 10).Make(network, SparseNetworks.BatchNormsOf(network), ratio, 0.001, 50);

    private static CollapseForecast Forecast(RateSettings rates, int epochs, int stepsPerEpoch, double strength, double planned)
    {
        Network network = SparseNetworks.Make(static _ => 1, static _ => -1);
        return new CollapseForecaster(new RateSchedule(rates, (long)epochs * stepsPerEpoch, stepsPerEpoch), epochs, stepsPerEpoch)
            .Make(network, SparseNetworks.BatchNormsOf(network), 0.8, strength, planned);
    }
}
