using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Selection;
using PluginPrune.Core.Surgery;
using PluginPrune.Core.Tests.Support;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Surgery;

/// <summary>Where constant channels are kept, and how they look.</summary>
public sealed class ConstantChannelTests
{
    [Fact]
    public void Plan_PaddedLayerBehindAnother_KeepsOneConstantOfTheGroupTheLastToComeBack()
    {
        var b = new NetworkBuilder(1);
        string first = b.ConvNormAct("input", 8);
        string second = b.ConvNormAct(first, 8);
        b.Head(b.Conv(second, 4, 1, bias: true));

        PruningPlan plan = Drop(b.Build(), (0, [2, 5, 6]), (1, [0]));

        plan.Constants.Should().Equal(new ChannelElement(0, 6));
        plan.KeepOf(first).Count(static keep => keep).Should().Be(6);
        plan.LiveOf(first).Count(static keep => keep).Should().Be(5);
        plan.KeepOf(second).Count(static keep => keep).Should().Be(7, "a kernel of one place sees no padding");
    }

    [Fact]
    public void Apply_ConstantChannel_HasScaleZeroAndKeepsItsWeightsForFineTuning()
    {
        var b = new NetworkBuilder(1);
        string first = b.ConvNormAct("input", 8);
        b.Head(b.Conv(b.ConvNormAct(first, 8), 4, 1, bias: true));
        PruningPlan plan = Drop(b.Build(), (0, [2, 5, 7]));

        Network small = plan.Apply().Network;

        var norm = (BatchNorm)small["n1"].Operation;
        norm.Gamma.Floats[5].Should().Be(0);
        norm.Beta.Floats[5].Should().Be(1);
        norm.Gamma.Floats[4].Should().NotBe(0);
        ((Convolution)small["n0"].Operation).Weight.Floats[(5 * 27)..].ToArray().Should().Contain(static weight => weight != 0);
    }

    [Fact]
    public void Plan_DroppedChannelsThatAreZero_NeedsNoConstant()
    {
        var b = new NetworkBuilder(1);
        string convolution = b.Conv("input", 8);
        string norm = b.Add(
            new BatchNorm(Ones(1), Ones(-1), Ones(0), Ones(1)), convolution);
        b.Head(b.Conv(b.ConvNormAct(b.Act(norm, ActivationKind.Relu), 8), 4, 1, bias: true));

        Drop(b.Build(), (0, [2, 5, 7])).Constants.Should().BeEmpty("ReLU makes 0 of their betas of -1");
    }

    [Fact]
    public void Plan_ResidualChain_IsServedByOneConstant()
    {
        var b = new NetworkBuilder(1);
        string stem = b.ConvNormAct("input", 8);
        string once = b.Add(new Add(), stem, b.ConvNormAct(stem, 8));
        string twice = b.Add(new Add(), once, b.ConvNormAct(once, 8));
        b.Head(b.Conv(b.ConvNormAct(twice, 8, stride: 2), 4, 1, bias: true));
        PruningPlan plan = Drop(b.Build(), (0, [1, 2, 3]));

        plan.Constants.Should().HaveCount(1);
        DoubleRun.Distance(DoubleRun.Of(FullSizeNetworks.Masked(plan), 1), DoubleRun.Of(plan.Apply().Network, 1)).Should().BeLessThan(1e-6);
    }

    [Fact]
    public void Apply_PoolThatCountsItsPadding_IsExactBehindIt()
    {
        var b = new NetworkBuilder(1);
        string first = b.ConvNormAct("input", 8);
        string pooled = b.Add(new AveragePool(Extent.Square(3), Extent.Square(1), Padding.Same(1)) { CountsPadding = true }, first);
        b.Head(b.Conv(pooled, 4, 1, bias: true));
        PruningPlan plan = Drop(b.Build(), (0, [1, 2, 3]));

        plan.Constants.Should().HaveCount(1, "what was flat falls off at the border before a layer that pads nothing");
        DoubleRun.Distance(DoubleRun.Of(FullSizeNetworks.Masked(plan), 1), DoubleRun.Of(plan.Apply().Network, 1)).Should().BeLessThan(1e-6);
    }

    [Fact]
    public void Apply_RemovedBlockBeforePaddingAndNoDroppedChannel_SaysWhereItIsNotExact()
    {
        var b = new NetworkBuilder(1);
        string stem = b.ConvNormAct("input", 8);
        string sum = b.Add(new Add(), stem, b.ConvNormAct(stem, 8));
        string behind = b.Conv(sum, 8);
        b.Head(b.Conv(b.Act(b.Norm(behind)), 4, 1, bias: true));
        Network network = b.Build();
        NetworkAnalysis whole = NetworkAnalysis.Of(network, PruningScope.Full);
        NetworkAnalysis left = NetworkAnalysis.Of(BlockRemoval.Remove(network, whole.Blocks), PruningScope.Full);

        PruningPlan plan = new ExactPlanner(network, whole.Blocks, left, new SelectionGuards(), []).Plan(ChannelMasks.All(left.Groups));

        plan.Constants.Should().BeEmpty();
        plan.Apply().InexactAtBorder.Select(static node => node.Id).Should().Equal(behind);
    }

    private static Tensor Ones(float value) => Tensor.FromFloats([.. Enumerable.Repeat(value, 8)]);

    private static PruningPlan Drop(Network network, params (int Group, int[] Elements)[] dropped)
    {
        NetworkAnalysis analysis = NetworkAnalysis.Of(network, PruningScope.Full);
        var masks = new ChannelMasks(analysis.Groups.Select(group =>
            ImmutableArray.CreateRange(Enumerable.Range(0, group.Size).Select(element => !dropped.Any(pair => pair.Group == group.Index && pair.Elements.Contains(element))))));
        return new ExactPlanner(network, [], analysis, new SelectionGuards(), []).Plan(masks);
    }
}
