using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;
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

    [Theory]
    [InlineData(PenaltyMode.Proximal)]
    [InlineData(PenaltyMode.Subgradient)]
    public void A_constant_rate_gives_the_known_formula(PenaltyMode mode)
    {
        // Oxford hand at batch 20 by the scripts' defaults: their published curves bottom out about epoch 54.
        CollapseForecast forecast = Forecast(Scripts, 100, 241, strength: 0.001, mode: mode);

        forecast.Scale.Should().Be(1);
        forecast.Collapse.Should().BeApproximately(0.99 * 0.03 / (0.002324 * 0.001 * 241), 0.5, "the training is followed in 240 parts").And.BeInRange(50, 55);
        forecast.Small.Should().Be(1);
        forecast.Text.Should().Contain("of 100 epochs, later where the loss holds them").And.Contain("The least strength that gets there by epoch 70 is 0.00077.");
        forecast.Warning.Should().BeNull("nothing is known of what the loss holds");
    }

    [Fact]
    public void Too_few_steps_never_get_there_and_the_forecast_says_so()
    {
        // 500 pictures at batch 32: gammas 'do not move', as users report.
        CollapseForecast forecast = Forecast(Scripts, 100, 16, strength: 0.001);

        forecast.Collapse.Should().BeNull();
        forecast.Travel.Should().BeApproximately(100 * 16 * 0.002324 * 0.001 / 0.03, 1e-6);
        forecast.Text.Should().Contain("0 % of the scales are below 0.01 at the end").And.Contain("the pull moves a scale by 0.124 in all");
        forecast.Warning.Should().Contain("too weak").And.Contain("Try 0.012");
    }

    [Theory]
    [InlineData(RateKind.Cosine)]
    [InlineData(RateKind.Linear)]
    [InlineData(RateKind.Step)]
    public void The_recommended_strength_gets_there_in_the_planned_epoch(RateKind kind)
    {
        var rates = new RateSettings { Kind = kind };
        double strength = Forecast(rates, 60, 50, strength: 1).Recommended!.Value;

        Forecast(rates, 60, 50, strength).Collapse.Should().BeInRange(40, 42);
        (Forecast(rates, 60, 50, strength * 0.95).Collapse ?? 60).Should().BeGreaterThan(42);
    }

    [Fact]
    public void Channels_that_matter_are_held_and_others_fall()
    {
        // Scales of 1 in two layers; the loss pulls at every second channel a thousand times as hard.
        ImmutableArray<ScaleGradients> scales =
            [.. Scales(static _ => 1).Select(static layer => layer with { MeanSquare = [.. layer.Gamma.Select(static (_, i) => i % 2 == 0 ? 1e-8 : 1e-2)] })];

        CollapseForecast weak = Make(scales, new RateSettings(), 60, 50, 0.0001, 0.5);
        CollapseForecast right = Make(scales, new RateSettings(), 60, 50, 0.01, 0.5);
        CollapseForecast strong = Make(scales, new RateSettings(), 60, 50, 1, 0.5);

        (weak.Small, right.Small, strong.Small).Should().Be((0, 0.5, 1));
        (weak.IsTooWeak, right.IsTooWeak, strong.IsTooWeak).Should().Be((true, false, false));
        (weak.IsTooStrong, right.IsTooStrong, strong.IsTooStrong).Should().Be((false, false, true));
        right.Collapse.Should().BeInRange(1, 42);
        right.Warning.Should().BeNull();
        weak.Warning.Should().Contain("too weak");
        strong.Warning.Should().Contain("takes 100 % of the channels, where 50 % are to go");
        weak.Recommended.Should().BeInRange(0.0001, 0.01).And.BeApproximately(strong.Recommended!.Value, 0.03 * strong.Recommended.Value);
    }

    [Fact]
    public void A_scheduler_that_ends_its_pull_is_asked_like_any_other()
    {
        CollapseForecast whole = Make(Scales(static _ => 1), Scripts, 100, 16, 0.001, 0.8);
        CollapseForecast half = Make(Scales(static _ => 1), Scripts, 100, 16, 0.001, 0.8, PenaltyMode.Proximal, until: 0.5);

        half.Travel.Should().BeApproximately(whole.Travel / 2, 0.01 * whole.Travel);
        half.Recommended.Should().BeApproximately(whole.Recommended!.Value * 1.4, 0.05 * whole.Recommended.Value, "it must arrive by epoch 50 instead of 70");
    }

    [Fact]
    public void As_many_are_to_go_as_schedulers_aim_at_and_not_one_more()
    {
        // A third of 200 is 66 and a bit. The loss holds all but 66.
        int left = 66;
        ImmutableArray<ScaleGradients> scales =
            [.. Scales(static _ => 1).Select(layer => layer with { MeanSquare = [.. layer.Gamma.Select(_ => left-- > 0 ? 1e-8 : 1e-2)] })];

        CollapseForecast forecast = Make(scales, new RateSettings(), 60, 50, 0.01, 1.0 / 3);

        forecast.Small.Should().Be(0.33);
        forecast.Collapse.Should().NotBeNull();
    }

    [Fact]
    public void A_scheduler_that_arrives_by_itself_and_a_little_late_is_left_alone()
    {
        CollapseForecast alone = Of(new OwnPull(0.99 * 0.03 / (0.002324 * 10 * 72.5)));
        CollapseForecast late = Of(new OwnPull(0.99 * 0.03 / (0.002324 * 10 * 90)));

        alone.Collapse.Should().BeInRange(71, 74);
        alone.Recommended.Should().BeNull("more strength would buy three epochs of a hundred");
        late.Recommended.Should().BePositive();

        static CollapseForecast Of(OwnPull scheduler)
        {
            ImmutableArray<ScaleGradients> scales = Scales(static _ => 1);
            var sparsity = new SparsitySettings(scheduler, [.. scales.Select(static layer => layer.BatchNorm)], 0.001, 0.8);
            return new CollapseForecaster(new TrainerSettings { Epochs = 100, Rates = Scripts, Sparsity = sparsity }, 10).Make(scales);
        }
    }

    [Fact]
    public void The_largest_of_those_that_are_to_go_is_looked_at()
    {
        ImmutableArray<ScaleGradients> scales = Scales(static i => (i + 1) * -0.01f);

        Make(scales, Scripts, 100, 10, 0.001, 0.6).Scale.Should().BeApproximately(0.6, 1e-6);
        CollapseForecast none = Make(Scales(static _ => 0.005f), Scripts, 100, 10, 0.001, 0.6);
        none.Collapse.Should().Be(0);
        none.Recommended.Should().BeNull();
        none.Warning.Should().BeNull();
        none.Text.Should().Contain("below 0.01 already");
    }

    /// <summary>Knows itself how hard to pull, until it is asked for far more.</summary>
    private sealed class OwnPull(double strength) : ISparsityScheduler
    {
        public SparsityPlan Plan(SparsityContext context)
        {
            float pull = (float)Math.Max(strength, context.Strength / 100);
            return new SparsityPlan([.. context.Layers.Select(layer => new GammaPenalty(layer.BatchNorm, [.. layer.Gamma.Select(_ => pull)], [], PenaltyMode.Proximal))], 1);
        }
    }

    private static ImmutableArray<ScaleGradients> Scales(Func<int, float> gamma)
    {
        Network network = SparseNetworks.Make(gamma, gamma);
        return ScaleGradients.Unmeasured(network, SparseNetworks.BatchNormsOf(network));
    }

    private static CollapseForecast Forecast(RateSettings rates, int epochs, int stepsPerEpoch, double strength, PenaltyMode mode = PenaltyMode.Proximal) =>
        Make(Scales(static _ => 1), rates, epochs, stepsPerEpoch, strength, 0.8, mode);

    private static CollapseForecast Make(
        ImmutableArray<ScaleGradients> scales, RateSettings rates, int epochs, int stepsPerEpoch, double strength, double ratio, PenaltyMode mode = PenaltyMode.Proximal, double until = 1) =>
        new CollapseForecaster(
            new TrainerSettings
            {
                Epochs = epochs,
                Rates = rates,
                Sparsity = new SparsitySettings(new EvenPull(mode, until), [.. scales.Select(static layer => layer.BatchNorm)], strength, ratio),
            },
            stepsPerEpoch).Make(scales);
}
