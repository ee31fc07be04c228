using PluginPrune.Contracts.Training;
using PluginPrune.SchedulerSparsity;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.SparsitySchedulers;

public sealed class TargetSchedulerTests
{
    private const long Steps = 6000;
    private const long Reach = 4200;

    [Theory]
    [InlineData(0.3, 0.0005, "proximal")]
    [InlineData(0.5, 0.0005, "proximal")]
    [InlineData(0.8, 0.0005, "proximal")]
    [InlineData(0.8, 0.002, "proximal")]
    [InlineData(0.8, 0.02, "proximal")]
    [InlineData(0.5, 0.0005, "subgradient")]
    [InlineData(0.8, 0.002, "subgradient")]
    public void Whatever_strength_was_asked_for_the_share_is_small_at_the_planned_step_and_at_the_end(double ratio, double strength, string penalty)
    {
        SimulatedScales scales = Mixed();
        ISparsityScheduler scheduler = Create(("penalty", penalty));

        scales.Train(scheduler, strength, ratio, 0, Reach, Steps);
        double planned = scales.ShareBelow(0.01);
        scales.Train(scheduler, strength, ratio, Reach, Steps, Steps);
        double end = scales.ShareBelow(0.01);

        planned.Should().BeInRange(ratio - 0.03, ratio + 0.03);
        end.Should().BeInRange(ratio - 0.03, ratio + 0.03);
    }

    [Fact]
    public void The_pull_rises_where_the_loss_holds_against_it()
    {
        SimulatedScales free = new(100, static _ => (1, 0), 0);
        SimulatedScales held = new(100, static _ => (1, 0.002), 0);

        free.Train(Create(), 0.001, 0.5, 0, Reach, Steps);
        held.Train(Create(), 0.001, 0.5, 0, Reach, Steps);

        // Free scales need 1 * 0.1 / (0.01 * 4200) and nothing more.
        free.Plans.Where(static plan => plan.Step < 4000).Should().OnlyContain(static plan => Math.Abs(plan.Strength - 0.00238) < 0.0001);
        held.Plans.Single(static plan => plan.Step == 3000).Strength.Should().BeGreaterThan(0.003f);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.7)]
    public void What_is_to_go_is_exactly_0_at_the_end(double ratio)
    {
        SimulatedScales scales = Mixed();

        scales.Train(Create(), 0.001, ratio, 0, Steps, Steps);

        scales.Scales.Count(static scale => scale == 0).Should().BeInRange((int)((ratio - 0.03) * 500), (int)((ratio + 0.03) * 500));
    }

    [Fact]
    public void The_pull_stays_within_its_bounds()
    {
        SimulatedScales scales = Mixed();

        scales.Train(Create(("least-pull", "0.5"), ("most-pull", "2")), 0.001, 0.6, 0, Steps, Steps);

        // The first scale may be spared, with a hundredth.
        scales.Plans.Should().OnlyContain(static plan => (plan.Strength >= 0.0005f && plan.Strength <= 0.002f) || (plan.Strength >= 0.000005f && plan.Strength <= 0.00002f));
    }

    [Fact]
    public void It_remembers_nothing_so_that_a_training_can_go_on_from_a_checkpoint()
    {
        SimulatedScales whole = Mixed();
        SimulatedScales halves = Mixed();

        whole.Train(Create(), 0.001, 0.6, 0, 4000, Steps);
        halves.Train(Create(), 0.001, 0.6, 0, 2000, Steps);
        halves.Train(Create(), 0.001, 0.6, 2000, 4000, Steps);

        halves.Scales.Should().Equal(whole.Scales);
    }

    [Fact]
    public void Nothing_to_prune_is_nothing_to_pull()
    {
        SparsityPlan plan = Create().Plan(Mixed().ContextAt(0, 100, 0.001, 0));

        plan.Penalties.Should().BeEmpty();
        plan.ValidSteps.Should().Be(100);
    }

    [Fact]
    public void A_warm_up_that_begins_with_no_rate_pulls_no_harder_than_the_most()
    {
        var scales = new SimulatedScales(9, static _ => (1, 0), 0) { LearningRate = 0 };

        Create().Plan(scales.ContextAt(0, 100, 0.001, 0.5)).Penalties[0].Strength[0].Should().Be((float)(0.001 * 10));
    }

    // Scales between 0.2 and 1.2, held between not at all and much.
    private static SimulatedScales Mixed() => new(500, static i => (0.2 + ((i * 37 % 500) / 500.0), 0.000005 * (i * 91 % 500)), 0.0005);

    private static ISparsityScheduler Create(params (string, string)[] options) => PluginFactory.Create<SparsityPlugin, ISparsityScheduler>("target", options);
}
