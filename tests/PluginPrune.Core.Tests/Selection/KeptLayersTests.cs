using PluginPrune.Contracts.Blocks;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Selection;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Selection;

/// <summary>Layers that nothing goes from.</summary>
public sealed class KeptLayersTests
{
    [Fact]
    public void A_kept_layer_keeps_its_channels_and_those_that_are_tied_to_them()
    {
        PlanResult all = Plan(Residual(), []);
        PlanResult kept = Plan(Residual(), ["n4"]);

        Sizes(all).Should().Equal(("n0", 8), ("n2", 4), ("n6", 4));
        Sizes(kept).Should().Equal(("n0", 16), ("n2", 4), ("n6", 4));
        kept.Plan.Analysis.Groups[0].LockOf(3).Should().Be("layer n4 is to keep its channels");
    }

    [Fact]
    public void A_budget_is_met_by_the_layers_that_are_not_kept()
    {
        PlanResult result = Plan(Residual(), ["n2", "n6"], new Budget { Parameters = BudgetBound.Parse("60%") });

        Sizes(result).Where(static layer => layer.Layer is "n2" or "n6").Should().Equal(("n2", 8), ("n6", 8));
        Sizes(result)[0].Kept.Should().BeLessThan(12);
    }

    [Theory]
    [InlineData("n*", 16, 8, 8)]
    [InlineData("*2", 8, 8, 4)]
    [InlineData("n6", 8, 4, 8)]
    [InlineData("?6", 8, 4, 8)]
    public void Names_may_be_patterns(string name, int stem, int first, int second) =>
        Sizes(Plan(Residual(), [name])).Select(static layer => layer.Kept).Should().Equal(stem, first, second);

    [Fact]
    public void Of_layers_that_make_no_channels_those_that_they_pass_on_stay()
    {
        PlanResult kept = Plan(Residual(), ["n5"]);

        Sizes(kept).Should().Equal(("n0", 16), ("n2", 4), ("n6", 4));
        kept.Plan.Analysis.Groups[0].LockOf(3).Should().Be("layer n5 is to keep its channels");
    }

    [Theory]
    [InlineData("n77", "*; it has *'n7'*")]
    [InlineData("9-7", "*; it has '7-9'. *")]
    [InlineData("99-98", "*that could keep its channels. *")]
    public void A_name_that_no_layer_has_is_told_with_the_nearest(string name, string hint)
    {
        Network network = Residual();
        Network numbered = network.With([.. network.Nodes, network.Nodes[^1] with { Id = "last", Origin = new NodeOrigin("8", "conv", null) }], network.Heads);

        Action plan = () => Plan(numbered, ["n2", name]);

        plan.Should().Throw<PlanException>().WithMessage($"'test' has no layer '{name}'{hint}");
    }

    [Fact]
    public void A_budget_that_what_is_kept_stands_in_the_way_of_says_so()
    {
        Action plan = () => Plan(Residual(), ["n*"], new Budget { Parameters = BudgetBound.Parse("60%") });

        plan.Should().Throw<PlanException>().WithMessage("The budget (*) cannot be met: *Keep fewer layers with --keep. *");
    }

    [Fact]
    public void More_blocks_than_are_left_by_what_is_kept_are_told()
    {
        Action plan = () => new PlanMaker(new PruningServices(static (_, _) => throw new NotSupportedException())).Make(
            Residual(), new PlanRequest { Blocks = 2, BlockCriterion = new ByIndex(), Kept = new KeptLayers(["n2"]) }, CancellationToken.None);

        plan.Should().Throw<PlanException>().WithMessage("2 blocks are to go: of its 2 removable residual blocks (1 of them kept) the block criterion can judge 1, and 1 can go together.");
    }

    [Theory]
    [InlineData("n2")]
    [InlineData("n5")]
    public void No_block_goes_that_has_a_kept_layer_or_whose_addition_is_kept(string name)
    {
        Network network = Residual();
        var blocks = NetworkAnalysis.Of(network, PruningScope.Full).Blocks;

        blocks.Should().HaveCount(2);
        new KeptLayers([name]).WithoutKept(network, blocks).Should().Equal(blocks[1]);
    }

    private static (string Layer, int Kept)[] Sizes(PlanResult result) =>
        [.. result.Plan.Analysis.Groups.Where(static group => group.Size is 16 or 8).Select(group => (group.Name, result.Plan.Masks.Kept(group)))];

    private static PlanResult Plan(Network network, string[] kept, Budget? budget = null) => new PlanMaker(new PruningServices(static (_, _) => throw new NotSupportedException())).Make(
        network, new PlanRequest { Criterion = new ByPlace(), Kept = kept.Length == 0 ? null : new KeptLayers([.. kept]), Budget = budget }, CancellationToken.None);

    /// <summary>A stem of 16 channels with two residual blocks on it, each by way of 8: n0 stem, n2 and n4, n6 and n8.</summary>
    private static Network Residual()
    {
        var b = new NetworkBuilder(3);
        string value = b.Act(b.Conv("input", 16));
        for (int block = 0; block < 2; block++)
        {
            value = b.Add(new Add(), value, b.Conv(b.Act(b.Conv(value, 8, 1)), 16));
        }

        b.Head(b.Conv(value, 4, 1, bias: true));
        return b.Build();
    }

    private sealed class ByIndex : IBlockCriterion
    {
        public double? Score(Network network, ResidualBlock block) => block.Index;
    }

    /// <summary>The last half of each layer's channels goes.</summary>
    private sealed class ByPlace : ScoringCriterion
    {
        protected override SelectionRule Rule { get; } = new() { Rate = 0.5, RateOption = "percent", Range = SelectionRange.PerLayer };

        protected override double[]? Score(GroupMember member, PruningContext context) => [.. member.Elements.Select(static element => 1.0 / (1 + element))];
    }
}
