using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Costs;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Tests.Inspection;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Plans;

public sealed class MeasuredTargetTests
{
    private static readonly Network Whole = Wide();

    [Fact]
    public void TimeTarget_TimeFollowsParameters_FindsTheSmallestRateThatIsFastEnough()
    {
        int measured = 0;
        var target = new TimeTarget(limit: 60, (original, small, _, _) =>
        {
            measured++;
            return (100, 100.0 * NetworkCost.Of(small).Parameters / NetworkCost.Of(original).Parameters);
        });

        PlanResult result = Make(target);

        double left = 100.0 * PlanCost.Of(result.Plan).Parameters / NetworkCost.Of(Whole).Parameters;
        left.Should().BeInRange(0.97 * 60, 60);
        result.Path.Should().HaveCount(measured).And.HaveCountLessThan(14);
        result.Path[^1].IsMet.Should().BeTrue();
        result.Path[^1].Rate.Should().Be(result.Rate);
    }

    [Fact]
    public void TimeTarget_MachineIsDisturbed_IsCorrectedByTheOriginalTimedInTurns()
    {
        int turn = 0;
        var target = new TimeTarget(limit: 60, (original, small, _, _) =>
        {
            // Every other measurement finds the machine half as fast.
            double slow = turn++ % 2 == 0 ? 1 : 2;
            return (100 * slow, slow * 100.0 * NetworkCost.Of(small).Parameters / NetworkCost.Of(original).Parameters);
        });

        PlanResult result = Make(target);

        (100.0 * PlanCost.Of(result.Plan).Parameters / NetworkCost.Of(Whole).Parameters).Should().BeInRange(0.97 * 60, 60);
        target.Original.Should().Be(100);
    }

    [Fact]
    public void TimeTarget_ResultLooksWorseAtTheSecondLook_GoesOnToASmallerNetwork()
    {
        bool failed = false;
        var target = new TimeTarget(limit: 60, (original, small, isLast, _) =>
        {
            double time = 100.0 * NetworkCost.Of(small).Parameters / NetworkCost.Of(original).Parameters;
            if (isLast && !failed)
            {
                failed = true;
                return (100, 70);
            }

            return (100, time);
        });

        PlanResult result = Make(target);

        failed.Should().BeTrue();
        TargetMeasurement worse = result.Path.Single(static step => step.Value == 70);
        result.Rate.Should().BeGreaterThan(worse.Rate);
        result.Path[^1].IsMet.Should().BeTrue();
    }

    [Fact]
    public void TimeTarget_FastEnoughAsItIs_TakesNothing()
    {
        PlanResult result = Make(new TimeTarget(limit: 200, static (_, _, _, _) => (100, 100)));

        result.Rate.Should().Be(0);
        result.Path.Should().ContainSingle();
    }

    [Fact]
    public void TimeTarget_OutOfReach_SaysTheBest()
    {
        Action making = () => Make(new TimeTarget(limit: 5, static (_, _, _, _) => (100, 20)));

        making.Should().Throw<PlanException>().WithMessage("5 ms cannot be reached: at rate 1, with every floor kept, 20 ms are left of 100.*");
    }

    [Fact]
    public void TimeTarget_WithABudget_MeetsBoth()
    {
        var target = new TimeTarget(limit: 90, static (original, small, _, _) =>
            (100, 100.0 * NetworkCost.Of(small).Parameters / NetworkCost.Of(original).Parameters));

        PlanResult result = Make(target, new Budget { Parameters = BudgetBound.Parse("50%") });

        (100.0 * PlanCost.Of(result.Plan).Parameters / NetworkCost.Of(Whole).Parameters).Should().BeInRange(45, 50);
        result.Path.Should().ContainSingle("the budget leaves less than the time asks for");
    }

    [Fact]
    public void AccuracyTarget_MetricFallsWithTheRate_TakesTheMostThatKeepsIt()
    {
        var target = new AccuracyTarget(drop: 0.01, static (network, _) => Accuracy(network));

        PlanResult result = Make(target);

        double kept = Accuracy(result.Plan, Whole);
        kept.Should().BeGreaterThanOrEqualTo(0.79);
        result.Rate.Should().BeGreaterThan(0);
        TargetMeasurement[] refused = [.. result.Path.Where(static step => !step.IsMet)];
        refused.Min(static step => step.Rate).Should().BeInRange(result.Rate!.Value, result.Rate.Value + 0.01);
        result.Path[0].Should().Be(new TargetMeasurement(0, 0.8, IsMet: true, IsClose: false));
    }

    [Fact]
    public void AccuracyTarget_ErrorThatShouldBeLow_MayRiseBySoMuch()
    {
        var target = new AccuracyTarget(drop: 0.01, static (network, _) => Accuracy(network) with { Value = 1 - Accuracy(network).Value, Direction = MetricDirection.Lower });

        Accuracy(Make(target).Plan, Whole).Should().BeInRange(0.79, 0.8);
    }

    [Fact]
    public void AccuracyTarget_MetricWithoutValue_IsRefused()
    {
        Action making = () => Make(new AccuracyTarget(drop: 0.01, static (_, _) => new Metric("mAP@0.5", double.NaN, string.Empty, MetricDirection.Higher, 4)));

        making.Should().Throw<PlanException>().WithMessage("'mAP@0.5' of the whole network is no measure to keep to: it has no value on these pictures.");
    }

    [Fact]
    public void Target_NoCriterion_SaysThatThereIsNoRate()
    {
        Action making = () => new PlanMaker(GammaCriterion.Services).Make(
            Whole, new PlanRequest { Target = new TimeTarget(1, static (_, _, _, _) => (1, 1)) }, CancellationToken.None);

        making.Should().Throw<PlanException>().WithMessage("A target that is measured needs a criterion with a rate*this one is 'none'.");
    }

    [Fact]
    public void Target_Cancelled_Ends()
    {
        using var source = new CancellationTokenSource();
        var target = new TimeTarget(60, (_, _, _, _) =>
        {
            source.Cancel();
            return (100, 100);
        });

        Action making = () => new PlanMaker(GammaCriterion.Services).Make(
            Whole, new PlanRequest { Criterion = new GammaCriterion(0), Target = target }, source.Token);

        making.Should().Throw<OperationCanceledException>();
    }

    private static PlanResult Make(IMeasuredTarget target, Budget? budget = null) => new PlanMaker(GammaCriterion.Services).Make(
        Whole, new PlanRequest { Criterion = new GammaCriterion(0), Target = target, Budget = budget }, CancellationToken.None);

    // Falls the faster the more has gone, from 0.8.
    private static Metric Accuracy(Network network)
    {
        double gone = 1 - ((double)NetworkCost.Of(network).Parameters / NetworkCost.Of(Whole).Parameters);
        return new Metric("mAP@0.5", 0.8 - (0.8 * gone * gone), string.Empty, MetricDirection.Higher, 4);
    }

    private static double Accuracy(PruningPlan plan, Network whole)
    {
        double gone = 1 - ((double)PlanCost.Of(plan).Parameters / NetworkCost.Of(whole).Parameters);
        return 0.8 - (0.8 * gone * gone);
    }

    private static Network Wide()
    {
        var builder = new NetworkBuilder(4, height: 8, width: 8);
        string last = builder.ConvNormAct("input", 64);
        for (int i = 0; i < 4; i++)
        {
            last = builder.ConvNormAct(last, 64);
        }

        builder.Head(builder.Conv(last, 6, size: 1, bias: true));
        return builder.Build();
    }
}
