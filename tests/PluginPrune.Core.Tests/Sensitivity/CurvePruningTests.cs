using System.Globalization;
using PluginPrune.Contracts.Blocks;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Costs;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Sensitivity;
using PluginPrune.Core.Tests.Inspection;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Sensitivity;

/// <summary>Plans by curves that were measured before.</summary>
public sealed class CurvePruningTests
{
    private readonly Network _network = GroupSelectionTests.Residual(1);

    [Fact]
    public void Each_group_goes_as_far_as_its_own_curve_allows_and_says_why()
    {
        // Of the groups with 20, 30 and 10 channels the second is free up to 0.6, and the third breaks at once.
        PlanResult result = Make(DocumentOf([0.79, 0.75, 0.5], [0.8, 0.8, 0.7], [0.4, 0.4, 0.4]), drop: 0.05);

        Kept(result).Should().Equal(20 - 12, 30 - 18, 10);
        result.Decision!.Notes.Select(static note => (note.Layer.Id, note.Text)).Should().Equal(
            ("n0", "loses 60 %, the largest rate measured at which mAP drops by no more than 0.05 (0.05); at 90 % it drops by 0.3"),
            ("n3", "loses 60 %, the largest rate measured at which mAP drops by no more than 0.05 (0); at 90 % it drops by 0.1"),
            ("n10", "stays whole: mAP may drop by 0.05, and at 30 % it drops by 0.4"));
    }

    [Fact]
    public void What_goes_is_what_went_when_it_was_measured()
    {
        var lone = new LoneGroupPlans(_network, new GammaCriterion(0.5, Coupling.Mean), GammaCriterion.Services, 0, CancellationToken.None);

        PruningPlan plan = Make(DocumentOf([0.79, 0.75, 0.5], [0.8, 0.8, 0.7], [0.4, 0.4, 0.4]), drop: 0.05).Plan;

        foreach (ChannelGroup group in plan.Analysis.Groups.Where(static group => group.Size is 20 or 30))
        {
            plan.Masks[group].Should().Equal(lone.PlanAt(lone.Analysis.Groups[group.Index], 0.6).Masks[group]);
        }
    }

    [Fact]
    public void A_curve_of_a_group_that_there_is_not_is_told()
    {
        SensitivityDocument document = DocumentOf([0.79, 0.75, 0.5], [0.8, 0.8, 0.7], [0.4, 0.4, 0.4]);

        Action making = () => Make(document with { File = "s.json", Groups = document.Groups.SetItem(1, document.Groups[1] with { Group = "n4" }) }, drop: 0.05);

        making.Should().Throw<PlanException>().WithMessage("s.json: it has a curve of the group 'n4', and '*' has no such group.*");
    }

    [Theory]
    [InlineData(0.00001, "1E-05")]
    [InlineData(0.01, "0.01")]
    [InlineData(0, "0")]
    [InlineData(0.05000000001, "0.05")]
    public void A_drop_that_is_told_can_be_typed(double drop, string text) => CurveAllowance.Text(drop).Should().Be(text);

    [Theory]
    [InlineData("99%")]
    [InlineData("90%")]
    [InlineData("70%")]
    [InlineData("50%")]
    [InlineData("35%")]
    public void A_budget_finds_the_least_drop_that_meets_it(string share)
    {
        SensitivityDocument document = DocumentOf([0.79, 0.75, 0.5], [0.8, 0.8, 0.7], [0.6, 0.4, 0.2]);
        var budget = new Budget { Flops = BudgetBound.Parse(share) };

        PlanResult result = Make(document, drop: null, budget);

        double left = PlanCost.Of(result.Plan).Flops / (NetworkCost.Of(_network).Gflops * 1e9);
        left.Should().BeInRange((budget.Flops!.Value) - 0.06, budget.Flops.Value, "one channel less of some group would be too much");
        result.Decision!.Rate!.Option.Should().Be("max-drop");
        double drop = double.Parse(result.Decision.Rate.Text, CultureInfo.InvariantCulture);
        (drop == 0).Should().Be(share is not ("50%" or "35%"), "of the second group 18 channels are free");
    }

    [Fact]
    public void More_goes_of_every_group_the_further_a_search_goes_and_nothing_at_its_beginning()
    {
        var allowance = new CurveAllowance(DocumentOf([0.79, 0.75, 0.5], [0.8, 0.8, 0.7], [0.6, double.NaN, 0.2]), drop: null);

        foreach (GroupCurve curve in allowance.Document.Groups)
        {
            double[] rates = [.. Enumerable.Range(0, 1001).Select(step => allowance.RateAt(curve, step / 1000.0))];
            rates[0].Should().Be(0);
            rates.Should().BeInAscendingOrder();
            rates[^1].Should().BeApproximately(curve.Points[^1].Value is 0.2 ? 0.3 : 0.9, 1e-12, "what has no value is never gone to");
        }

        double[] drops = [.. Enumerable.Range(0, 1001).Select(step => allowance.DropAt(step / 1000.0))];
        drops.Should().BeInAscendingOrder();
        drops[0].Should().Be(0);
        drops[^1].Should().BeApproximately(0.3, 1e-12);
    }

    [Fact]
    public void A_budget_that_no_curve_reaches_is_refused()
    {
        Action making = () => Make(DocumentOf([0.5], [0.5], [0.5]), drop: null, new Budget { Parameters = BudgetBound.Parse("5%") });

        making.Should().Throw<PlanException>().WithMessage("The budget (*) cannot be met: with every group at the largest rate that its curve has *('host sensitivity --rates')*");
    }

    [Fact]
    public void A_measured_target_searches_the_drop()
    {
        var target = new Timed();

        PlanResult result = Make(DocumentOf([0.79, 0.75, 0.5], [0.8, 0.8, 0.7], [0.6, 0.4, 0.2]), drop: null, target: target);

        PlanCost.Of(result.Plan).Flops.Should().BeLessThanOrEqualTo(target.Limit);
        result.Path.Should().HaveCountGreaterThan(2);
    }

    [Fact]
    public void Groups_without_a_curve_stay_whole()
    {
        SensitivityDocument document = DocumentOf([0.8, 0.8, 0.8], [0.8, 0.8, 0.8], [0.8, 0.8, 0.8]);

        PlanResult result = Make(document with { Groups = document.Groups.RemoveAt(1) }, drop: 0.01);

        Kept(result).Should().Equal(2, 30, 1);
        result.Decision!.Notes.Should().Contain(static note => note.Layer.Id == "n3" && note.Text == "stays whole: there is no curve of it");
    }

    [Fact]
    public void With_a_block_gone_its_groups_are_not_missed()
    {
        PlanResult result = Make(DocumentOf([0.8, 0.8, 0.8], [0.8, 0.8, 0.8], [0.8, 0.8, 0.8]), drop: 0.01, blocks: 1);

        result.Plan.RemovedBlocks.Should().ContainSingle();
        result.Plan.Masks.Kept(result.Plan.Analysis.Groups[0]).Should().Be(2);
    }

    [Fact]
    public void Another_network_is_refused_with_what_differs()
    {
        var net = new NetworkBuilder(1);
        string stem = net.ConvNormAct("input", 24);
        net.Head(net.Conv(stem, 5, size: 1, bias: true));

        Action making = () => new PlanMaker(GammaCriterion.Services).Make(
            net.Build("other"),
            new PlanRequest { Criterion = new GammaCriterion(0.5), Curves = new CurveAllowance(DocumentOf([0.8], [0.8], [0.8]) with { File = "s.json" }, 0.01) },
            CancellationToken.None);

        making.Should().Throw<PlanException>().WithMessage(
            "s.json: its curves are of another network, 'test' and not 'other' as it is here. n0: it was made for convolution weight 20 x 3 x 3 x 3; this network has weight 24 x 3 x 3 x 3. Measure this one with 'host sensitivity'; weights may change, layers may not.");
    }

    /// <summary>Curves at 0.3, 0.6 and 0.9 of the three groups; the whole network has 0.8.</summary>
    private SensitivityDocument DocumentOf(params double[][] values)
    {
        var lone = new LoneGroupPlans(_network, new GammaCriterion(0.5), GammaCriterion.Services, 0, CancellationToken.None);
        ChannelGroup[] groups = [.. lone.Analysis.Groups.Where(static group => !group.IsLocked)];
        return SensitivityDocuments.Of(
            _network, groups.Zip(values, (group, curve) => (group, curve.Select((value, i) => new CurvePoint((i + 1) * 0.3, lone.PlanAt(group, (i + 1) * 0.3).Masks.Kept(group), value)).ToArray())));
    }

    private PlanResult Make(SensitivityDocument document, double? drop, Budget? budget = null, IMeasuredTarget? target = null, int blocks = 0) => new PlanMaker(GammaCriterion.Services).Make(
        _network,
        new PlanRequest
        {
            Criterion = new GammaCriterion(0.5, Coupling.Mean),
            Curves = new CurveAllowance(document, drop),
            Budget = budget,
            Target = target,
            Blocks = blocks,
            BlockCriterion = new FirstBlock(),
        },
        CancellationToken.None);

    private static int[] Kept(PlanResult result) => [.. result.Plan.Analysis.Groups.Where(static group => !group.IsLocked).Select(result.Plan.Masks.Kept)];

    private sealed class FirstBlock : IBlockCriterion
    {
        public double? Score(Network network, ResidualBlock block) => block.Index;
    }

    /// <summary>A clock that counts operations.</summary>
    private sealed class Timed : IMeasuredTarget
    {
        public long Limit { get; private set; }

        public bool IsMetByMore => true;

        public string Bound => "half the operations";

        public bool IsNoisy => false;

        public TargetMeasurement Measure(PruningPlan plan, double rate, bool isLast, CancellationToken cancellationToken)
        {
            Limit = (long)(NetworkCost.Of(plan.Network).Gflops * 0.5e9);
            long flops = PlanCost.Of(plan).Flops;
            return new TargetMeasurement(rate, flops, flops <= Limit, IsClose: false);
        }

        public string TextOf(double value) => $"{value} operations";

        public PlanException Unreachable(TargetMeasurement best) => new("It cannot be reached.");
    }
}
