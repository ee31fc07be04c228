using PluginPrune.Contracts.Blocks;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Costs;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Selection;
using PluginPrune.Core.Surgery;
using PluginPrune.CriterionBn;
using PluginPrune.Plugins.Tests.Darknet;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Budgets;

public sealed class BudgetTests
{
    [SharedDataTheory]
    [InlineData("cfg/yolov3")]
    [InlineData("cfg/yolov3-spp")]
    [InlineData("cfg/yolov3-tiny")]
    [InlineData("cfg/yolov4")]
    [InlineData("cfg/yolov4-tiny")]
    [InlineData("yolo-fastest/yolo-fastest-1.1")]
    [InlineData("yolo-fastest/yolo-fastest-1.1-xl")]
    [InlineData("yolo-fastest/yolo-fastest-1.1_body")]
    [InlineData("mobilenetv2-yolo/MobileNetV2-YOLOv3-Nano-voc")]
    public void Make_EveryBudget_IsHitAndNeverExceeded(string model)
    {
        using var scratch = new Scratch();
        string cfg = SharedData.PathOf($"data/darknet/{model}.cfg");
        string weights = Path.ChangeExtension(cfg, ".weights");
        if (!File.Exists(weights))
        {
            weights = Path.Combine(scratch.Folder, "net.weights");
            SyntheticWeights.Write(cfg, weights);
        }

        Network network = scratch.ReadFile(cfg, weights);
        var whole = NetworkCost.Of(network);
        int blocks = Math.Min(2, PluginPruneBlocks(network));

        foreach (string share in new[] { "30%", "50%", "70%" })
        {
            foreach ((string criterion, int count) in new[] { ("slim", 0), ("normal", 0), ("slim", blocks) })
            {
                foreach (Budget budget in new[]
                {
                    new Budget { Flops = BudgetBound.Parse(share) },
                    new Budget { Parameters = BudgetBound.Parse(share) },
                    new Budget { Bytes = BudgetBound.Parse(share) },
                })
                {
                    AssertHit(network, whole, criterion, count, budget);
                }
            }
        }
    }

    [SharedDataTheory]
    [InlineData("cfg/yolov3-tiny", 1)]
    [InlineData("cfg/yolov4-tiny", 1)]
    [InlineData("cfg/yolov3-tiny", 8)]
    public void Make_BudgetWithConstantChannels_CountsThem(string model, int roundTo)
    {
        using var scratch = new Scratch();
        string cfg = SharedData.PathOf($"data/darknet/{model}.cfg");
        string weights = Path.Combine(scratch.Folder, "net.weights");
        SyntheticWeights.Write(cfg, weights);
        Network network = scratch.ReadFile(cfg, weights);
        var whole = NetworkCost.Of(network);
        var budget = new Budget { Flops = BudgetBound.Parse("40%") };

        PlanResult result = Make(network, "slim", FoldingMode.Exact, roundTo, budget);

        var small = NetworkCost.Of(NetworkSurgeon.Apply(result.Plan, CancellationToken.None).Network);
        result.Plan.Constants.Should().NotBeEmpty();
        small.Gflops.Should().BeLessThanOrEqualTo(0.4 * whole.Gflops).And.BeGreaterThan((roundTo == 1 ? 0.395 : 0.36) * whole.Gflops);
    }

    [Fact]
    public void PlanCost_AnyPlan_IsTheCostOfWhatSurgeryMakes()
    {
        using var scratch = new Scratch();
        Network network = scratch.Read(YoloCfg.V3Tiny());
        foreach (string rate in new[] { "0", "0.3", "0.77", "1" })
        {
            PlanResult result = Make(network, "slim", 0, null, ("global-percent", rate));

            CostTotals counted = PlanCost.Of(result.Plan);

            var cut = NetworkCost.Of(NetworkSurgeon.Apply(result.Plan, CancellationToken.None).Network);
            counted.Should().Be(new CostTotals(cut.Parameters, 2 * cut.Layers.Sum(layer => layer.MultiplyAdds), cut.Bytes));
        }
    }

    [Fact]
    public void Make_BudgetOfEverything_RemovesNothing()
    {
        using var scratch = new Scratch();
        Network network = scratch.Read(YoloCfg.V3Tiny());

        PlanResult result = Make(network, "slim", 0, new Budget { Flops = BudgetBound.Parse("100%") });

        result.Rate.Should().Be(0);
        PlanCost.Of(result.Plan).Parameters.Should().Be(NetworkCost.Of(network).Parameters);
    }

    [Fact]
    public void Make_SeveralBudgets_KeepsAllOfThem()
    {
        using var scratch = new Scratch();
        Network network = scratch.Read(YoloCfg.V3Tiny());
        var whole = NetworkCost.Of(network);

        PlanResult result = Make(network, "slim", 0, new Budget { Flops = BudgetBound.Parse("60%"), Parameters = BudgetBound.Parse("2M") });

        CostTotals cost = PlanCost.Of(result.Plan);
        cost.Parameters.Should().BeLessThanOrEqualTo(2_000_000);
        (cost.Flops * 1e-9).Should().BeLessThanOrEqualTo(whole.Gflops * 0.6);
    }

    [Fact]
    public void Make_BudgetThatCannotBeMet_SaysHowFarItGoes()
    {
        using var scratch = new Scratch();
        Network network = scratch.Read(YoloCfg.V3Tiny());

        Action act = () => Make(network, "slim", 0, new Budget { Parameters = BudgetBound.Parse("100") }, ("layer-keep", "0.5"));

        act.Should().Throw<PlanException>().WithMessage("*cannot be met*of the parameters*");
    }

    [Fact]
    public void Make_BudgetWithoutACriterion_IsRefused()
    {
        using var scratch = new Scratch();
        Network network = scratch.Read(YoloCfg.V3Tiny());

        Action act = () => Make(network, null, 0, new Budget { Flops = BudgetBound.Parse("50%") });

        act.Should().Throw<PlanException>().WithMessage("*needs a criterion with a rate*");
    }

    [Theory]
    [InlineData("50%", 0.5, true)]
    [InlineData("12.5 %", 0.125, true)]
    [InlineData("300k", 300e3, false)]
    [InlineData("2.5G", 2.5e9, false)]
    [InlineData("1.2MB", 1.2e6, false)]
    [InlineData("2MiB", 2097152, false)]
    [InlineData("800", 800, false)]
    public void Parse_Bound_ReadsWhatPeopleWrite(string text, double value, bool isShare)
    {
        BudgetBound? bound = BudgetBound.Parse(text);

        bound.Should().NotBeNull();
        bound!.Value.Should().BeApproximately(value, value * 1e-12);
        bound.IsShare.Should().Be(isShare);
    }

    [Theory]
    [InlineData("")]
    [InlineData("%")]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("101%")]
    [InlineData("half")]
    [InlineData("1e400")]
    [InlineData("5 apples")]
    [InlineData("0.5")]
    public void Parse_WhatIsNoBound_IsNull(string text) => BudgetBound.Parse(text).Should().BeNull();

    private static int PluginPruneBlocks(Network network) =>
        Core.Analysis.NetworkAnalysis.Of(network, Contracts.Groups.PruningScope.Full).Blocks.Length;

    private static void AssertHit(Network network, NetworkCost whole, string criterion, int blocks, Budget budget)
    {
        PlanResult result = Make(network, criterion, blocks, budget);
        CostTotals cost = PlanCost.Of(result.Plan);
        CostTotals limit = budget.For(new CostTotals(whole.Parameters, 2 * whole.Layers.Sum(layer => layer.MultiplyAdds), whole.Bytes));
        double used = new[]
        {
            (double)cost.Parameters / limit.Parameters,
            (double)cost.Flops / limit.Flops,
            (double)cost.Bytes / limit.Bytes,
        }.Max();

        result.Plan.RemovedBlocks.Should().HaveCount(blocks);
        used.Should().BeLessThanOrEqualTo(1, "{0} with {1} blocks and {2}", criterion, blocks, budget);
        used.Should().BeGreaterThan(0.99, "{0} with {1} blocks and {2} at rate {3}", criterion, blocks, budget, result.Rate);
    }

    private static PlanResult Make(Network network, string criterion, FoldingMode folding, int roundTo, Budget budget) =>
        new PlanMaker(new PruningServices((_, _) => throw new InvalidOperationException("No criterion is asked for here."))).Make(
            network,
            new PlanRequest
            {
                Criterion = PluginFactory.Create<BatchNormPlugin, IPruningCriterion>(criterion),
                Budget = budget,
                Folding = folding,
                Guards = new SelectionGuards { RoundTo = roundTo },
            },
            CancellationToken.None);

    private static PlanResult Make(Network network, string? criterion, int blocks, Budget? budget, params (string, string)[] options) =>
        new PlanMaker(new PruningServices((_, _) => throw new InvalidOperationException("No criterion is asked for here."))).Make(
            network,
            new PlanRequest
            {
                Criterion = criterion is null ? null : PluginFactory.Create<BatchNormPlugin, IPruningCriterion>(criterion, options),
                Budget = budget,
                Blocks = blocks,
                BlockCriterion = PluginFactory.Create<BatchNormPlugin, IBlockCriterion>("bn-mean"),
            },
            CancellationToken.None);
}
