using PluginPrune.Contracts.Training;
using PluginPrune.SchedulerSparsity;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.SparsitySchedulers;

public sealed class SchedulerTests
{
    private const double Strength = 0.002;

    [Theory]
    [InlineData("constant", PenaltyMode.Subgradient)]
    [InlineData("proximal", PenaltyMode.Proximal)]
    public void Some_pull_on_all_scales_alike_until_the_end(string name, PenaltyMode mode)
    {
        SparsityPlan plan = Create(name).Plan(Free(9).ContextAt(30, 100, Strength, 0.5));

        plan.ValidSteps.Should().Be(70);
        plan.Penalties.Select(static penalty => penalty.BatchNorm).Should().Equal("a", "b");
        plan.Penalties.Select(static penalty => penalty.Strength.Length).Should().Equal(3, 6);
        plan.Penalties.Should().OnlyContain(penalty => penalty.Mode == mode && penalty.Centre.IsEmpty);
        plan.Penalties.SelectMany(static penalty => penalty.Strength).Should().OnlyContain(static strength => strength == (float)Strength);
    }

    [Theory]
    [InlineData("constant")]
    [InlineData("proximal")]
    public void Scales_that_nothing_holds_fall_by_rate_and_strength_over_one_minus_momentum(string name)
    {
        SimulatedScales scales = Free(60);

        // From 1: 1 * (1 - 0.9) / (0.01 * 0.002) steps.
        scales.Train(Create(name), Strength, 0.5, 0, 2500, 6000);
        scales.Scales.Should().OnlyContain(static scale => scale > 0.49 && scale < 0.51);
        scales.Train(Create(name), Strength, 0.5, 2500, 5020, 6000);

        scales.Scales.Should().OnlyContain(static scale => Math.Abs(scale) < 0.001);
    }

    [Fact]
    public void Only_the_soft_threshold_arrives_at_zero()
    {
        var swinging = new SimulatedScales(30, static i => (0.01 * (1 + i), 0), 0);
        var still = new SimulatedScales(30, static i => (0.01 * (1 + i), 0), 0);

        swinging.Train(Create("constant"), Strength, 0.5, 0, 2000, 2000);
        still.Train(Create("proximal"), Strength, 0.5, 0, 2000, 2000);

        swinging.Scales.Should().OnlyContain(static scale => Math.Abs(scale) < 0.001 && scale != 0);
        still.Scales.Should().OnlyContain(static scale => scale == 0);
    }

    [Fact]
    public void A_global_decay_leaves_a_hundredth_in_the_second_half()
    {
        ISparsityScheduler scheduler = Create("global-decay");
        SimulatedScales scales = Free(6);

        SparsityPlan first = scheduler.Plan(scales.ContextAt(10, 101, Strength, 0.5));
        SparsityPlan second = scheduler.Plan(scales.ContextAt(10 + first.ValidSteps, 101, Strength, 0.5));

        first.ValidSteps.Should().Be(41, "step 51 is the first beyond half of 101");
        first.Penalties[1].Strength.Should().OnlyContain(static strength => strength == (float)Strength);
        second.ValidSteps.Should().Be(50);
        second.Penalties[1].Strength.Should().OnlyContain(static strength => strength == (float)(Strength * 0.01));
    }

    [Fact]
    public void Where_and_how_far_a_global_decay_falls_is_an_option()
    {
        SparsityPlan plan = Create("global-decay", ("decay-at", "0.25"), ("decay-to", "0.5")).Plan(Free(6).ContextAt(25, 100, Strength, 0.5));

        plan.Penalties[0].Strength[0].Should().Be((float)(Strength / 2));
    }

    [Fact]
    public void A_local_decay_spares_the_largest_scales_of_all_layers()
    {
        // Their magnitudes count, and the one at the edge is spared, as in the scripts.
        var scales = new SimulatedScales(20, static i => (((i * 7) % 20) * (i % 2 == 0 ? 1 : -1), 0), 0);
        ISparsityScheduler scheduler = Create("local-decay", ("decide-every", "4"));

        scheduler.Plan(scales.ContextAt(49, 100, Strength, 0.1)).ValidSteps.Should().Be(1);
        SparsityPlan plan = scheduler.Plan(scales.ContextAt(50, 100, Strength, 0.1));

        plan.ValidSteps.Should().Be(4);
        plan.Penalties.SelectMany(static penalty => penalty.Strength).Should().Equal(
            scales.Scales.Select(static scale => (float)(Math.Abs(scale) >= 17 ? Strength * 0.01 : Strength)));
    }

    [Fact]
    public void A_local_decay_lets_large_scales_come_back_and_keeps_small_ones_small()
    {
        // Every fifth scale is held ten times as strongly as the others.
        var scales = new SimulatedScales(200, static i => (0.5, i % 5 == 0 ? 0.02 : 0.0015), 0.0002) { StepsPerEpoch = 100 };

        scales.Train(Create("local-decay", ("pulled-share", "0.8")), Strength, 0.8, 0, 10000, 20000);
        double held = scales.Scales.Where(static (_, i) => i % 5 == 0).Average();
        scales.Train(Create("local-decay", ("pulled-share", "0.8")), Strength, 0.8, 10000, 20000, 20000);

        scales.ShareBelow(0.01).Should().Be(0.8);
        held.Should().BeLessThan(0.41);
        scales.Scales.Where(static (_, i) => i % 5 == 0).Average().Should().BeGreaterThan(0.49);
    }

    [Theory]
    [InlineData(99)]
    [InlineData(100)]
    public void Plans_hold_for_a_step_at_least(long step)
    {
        foreach (string name in (string[])["constant", "proximal", "global-decay", "local-decay", "target"])
        {
            Create(name).Plan(Free(6).ContextAt(step, 100, Strength, 0.5)).ValidSteps.Should().Be(1);
        }
    }

    private static ISparsityScheduler Create(string name, params (string, string)[] options) =>
        PluginFactory.Create<SparsityPlugin, ISparsityScheduler>(name, options);

    private static SimulatedScales Free(int count) => new(count, static _ => (1, 0), 0);
}
