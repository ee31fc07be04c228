using PluginPrune.Core.Training;

namespace PluginPrune.Core.Tests.Training;

public sealed class RateScheduleTests
{
    [Theory]
    [InlineData(RateKind.Cosine)]
    [InlineData(RateKind.Linear)]
    [InlineData(RateKind.Step)]
    [InlineData(RateKind.Constant)]
    public void The_warm_up_rises_and_never_passes_the_rate_that_was_asked_for(RateKind kind)
    {
        var schedule = new RateSchedule(new RateSettings { LearningRate = 0.02, Kind = kind, WarmUpEpochs = 2 }, steps: 1000, stepsPerEpoch: 50);

        StepRate[] rates = [.. Enumerable.Range(0, 1000).Select(step => schedule.At(step))];

        rates.Should().OnlyContain(static rate => rate.LearningRate > 0 && rate.LearningRate <= 0.02);
        rates[..100].Select(static rate => rate.LearningRate).Should().BeInAscendingOrder();
        rates[..100].Select(static rate => rate.BiasRate).Should().BeInDescendingOrder();
        rates[..100].Select(static rate => rate.Momentum).Should().BeInAscendingOrder();
        rates[100..].Select(static rate => rate.LearningRate).Should().BeInDescendingOrder();
        rates[100..].Should().OnlyContain(static rate => rate.BiasRate == rate.LearningRate && rate.Momentum == 0.937);
        rates[99].LearningRate.Should().BeApproximately(rates[100].LearningRate, 0.02 * 0.02);
    }

    [Fact]
    public void Cosine_and_linear_end_at_the_final_share_and_steps_fall_by_tenths()
    {
        Last(RateKind.Cosine).Should().BeApproximately(0.0005, 1e-12);
        Last(RateKind.Linear).Should().BeApproximately(0.0005, 1e-12);
        Last(RateKind.Step).Should().BeApproximately(0.0001, 1e-12);
        Last(RateKind.Constant).Should().Be(0.01);

        static double Last(RateKind kind) =>
            new RateSchedule(new RateSettings { Kind = kind, WarmUpEpochs = 0 }, steps: 100, stepsPerEpoch: 10).At(99).LearningRate;
    }

    [Fact]
    public void A_warm_up_that_is_longer_than_the_training_takes_a_third_of_it()
    {
        var schedule = new RateSchedule(new RateSettings { WarmUpEpochs = 100, Kind = RateKind.Constant }, steps: 30, stepsPerEpoch: 10);

        schedule.At(9).LearningRate.Should().BeLessThan(0.01);
        schedule.At(10).LearningRate.Should().Be(0.01);
        new RateSchedule(new RateSettings(), steps: 1, stepsPerEpoch: 1).At(0).LearningRate.Should().BePositive();
    }

    [Fact]
    public void A_warm_up_of_at_least_so_many_batches_goes_beyond_that()
    {
        var settings = new RateSettings { WarmUpEpochs = 1, WarmUpBatches = 80, Kind = RateKind.Constant };
        var schedule = new RateSchedule(settings, steps: 30, stepsPerEpoch: 10, batchesOfAStep: 4);

        schedule.At(19).LearningRate.Should().BeLessThan(0.01);
        schedule.At(20).LearningRate.Should().Be(0.01);
        new RateSchedule(settings with { WarmUpEpochs = 3 }, steps: 300, stepsPerEpoch: 10, batchesOfAStep: 4).At(29).LearningRate.Should().BeLessThan(0.01, "epochs count where they are longer");
    }
}
