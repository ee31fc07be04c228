using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Tests.Support;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Analysis;

public sealed class ChannelGroupTests
{
    private readonly NetworkBuilder _net = new(1);

    [Fact]
    public void Of_TwoConvolutionsInARow_MakesAGroupOfEachAndLocksTheHead()
    {
        string first = _net.ConvNormAct("input", 8);
        string last = _net.Conv(first, 6, 1, bias: true);
        _net.Head(last);

        NetworkAnalysis analysis = _net.Analyse();

        analysis.Groups.Should().HaveCount(2);
        analysis.Groups[0].Size.Should().Be(8);
        analysis.Groups[0].IsLocked.Should().BeFalse();
        analysis.Groups[0].Members.Single().Norm.Should().NotBeNull();
        analysis.Groups[1].IsLocked.Should().BeTrue();
        analysis.Groups[1].LockOf(0).Should().Contain("head");
    }

    [Fact]
    public void Of_ResidualChain_TiesAllProducersByAddition()
    {
        string stem = _net.ConvNormAct("input", 8);
        string first = _net.Add(new Add(), stem, _net.ConvNormAct(_net.ConvNormAct(stem, 4, 1), 8));
        string second = _net.Add(new Add(), first, _net.ConvNormAct(_net.ConvNormAct(first, 4, 1), 8));
        _net.Head(_net.Conv(second, 5, 1));

        NetworkAnalysis analysis = _net.Analyse();

        ChannelGroup chain = analysis.At(second, 0).Group;
        chain.IsTiedByAddition.Should().BeTrue();
        chain.Members.Should().HaveCount(3);
        chain.Name.Should().Be("n0");
        analysis.At(stem, 5).Should().Be(analysis.At(second, 5));
        analysis.Groups.Where(group => group != chain).Should().OnlyContain(group => !group.IsTiedByAddition);
    }

    [Fact]
    public void Of_DepthwisePair_IsOneGroupThatNoAdditionTies()
    {
        string point = _net.ConvNormAct("input", 8, 1);
        string depth = _net.ConvNormAct(point, 8, 3, groups: 8);
        _net.Head(_net.Conv(depth, 5, 1));

        NetworkAnalysis analysis = _net.Analyse();

        ChannelGroup pair = analysis.Groups[0];
        pair.Members.Select(member => member.IsProducer).Should().Equal(true, false);
        pair.IsTiedByAddition.Should().BeFalse();
        analysis.At(point, 3).Should().Be(analysis.At(depth, 3));
    }

    [Fact]
    public void Of_DepthwiseMultiplier_TiesEveryInputToItsOutputs()
    {
        string point = _net.Conv("input", 4, 1);
        string depth = _net.Conv(point, 8, 3, groups: 4);
        _net.Head(_net.Conv(depth, 5, 1));

        NetworkAnalysis analysis = _net.Analyse();

        analysis.At(depth, 5).Should().Be(analysis.At(point, 2));
        analysis.Groups[0].Members[1].Elements.Should().Equal(0, 0, 1, 1, 2, 2, 3, 3);
    }

    [Fact]
    public void Of_ConcatUnderOneBatchNorm_GivesEachGroupItsShareOfTheGammas()
    {
        string left = _net.Conv("input", 4);
        string right = _net.Conv("input", 6);
        string norm = _net.Norm(_net.Add(new Concat(), left, right));
        _net.Head(_net.Conv(norm, 5, 1));

        NetworkAnalysis analysis = _net.Analyse();

        GroupMember share = analysis.At(norm, 7).Group.Members.Single(member => member.Layer.Id == norm);
        share.IsProducer.Should().BeFalse();
        share.Channels.Should().Equal(4, 5, 6, 7, 8, 9);
        share.Elements.Should().Equal(0, 1, 2, 3, 4, 5);
        analysis.At(norm, 7).Should().Be(analysis.At(right, 3));
    }

    [Fact]
    public void Of_AdditionOfAConcat_JoinsTheProducersOfBothHalves()
    {
        string left = _net.ConvNormAct("input", 4);
        string right = _net.ConvNormAct("input", 4);
        string whole = _net.ConvNormAct("input", 8);
        string sum = _net.Add(new Add(), whole, _net.Add(new Concat(), left, right));
        _net.Head(_net.Conv(sum, 5, 1));

        NetworkAnalysis analysis = _net.Analyse();

        analysis.At(sum, 0).Group.Members.Should().HaveCount(3);
        analysis.At(whole, 6).Should().Be(analysis.At(right, 2));
        analysis.At(whole, 1).Should().Be(analysis.At(left, 1));
    }

    [Fact]
    public void Of_SqueezeExcite_TiesTheFactorToWhatItScales()
    {
        string value = _net.ConvNormAct("input", 8);
        string factor = _net.Act(_net.Conv(_net.Conv(_net.Add(new GlobalAveragePool(), value), 2, 1), 8, 1), ActivationKind.Sigmoid);
        string scaled = _net.Add(new Multiply(), value, factor);
        _net.Head(_net.Conv(scaled, 5, 1));

        NetworkAnalysis analysis = _net.Analyse();

        analysis.At(factor, 4).Should().Be(analysis.At(value, 4));
        analysis.At(scaled, 4).Group.IsTiedByAddition.Should().BeFalse();
    }

    [Fact]
    public void Of_SpaceToDepthAndFlatten_RepeatEveryChannel()
    {
        string value = _net.ConvNormAct("input", 4);
        string deep = _net.Add(new SpaceToDepth(2), value);
        string flat = _net.Add(new Flatten(), _net.Add(new GlobalMaxPool(), deep));
        _net.Head(_net.Linear(flat, 3));

        NetworkAnalysis analysis = _net.Analyse();

        analysis.At(deep, 9).Should().Be(analysis.At(value, 1));
        analysis.At(flat, 15).Should().Be(analysis.At(value, 3));
    }

    [Fact]
    public void Of_ChannelPadding_TiesItsInputWithAnOffset()
    {
        string narrow = _net.ConvNormAct("input", 4);
        string shortcut = _net.Add(new ChannelPadding(2, 3), _net.Add(new MaxPool(Extent.Square(1), Extent.Square(2), default), narrow));
        string wide = _net.Norm(_net.Conv(narrow, 9, stride: 2));
        string sum = _net.Add(new Add(), wide, shortcut);
        string lone = _net.Add(new ChannelPadding(1, 1), narrow);
        _net.Head(_net.Conv(sum, 5, 1));
        _net.Head(_net.Conv(lone, 5, 1));

        NetworkAnalysis analysis = _net.Analyse();

        analysis.At(sum, 2).Should().Be(analysis.At(narrow, 0));
        analysis.At(sum, 5).Should().Be(analysis.At(narrow, 3));
        analysis.At(sum, 1).Should().Be(analysis.At(wide, 1)).And.NotBe(analysis.At(narrow, 1));
        analysis.At(narrow, 0).Group.Size.Should().Be(9);
        analysis.ElementsOf(lone)[0].Should().Be(ChannelElement.Fixed, "zeros that nobody adds anything to belong to nobody");
    }

    [Fact]
    public void Of_ChannelShuffle_TiesTheSamePlaceOfEveryGroup()
    {
        string value = _net.ConvNormAct("input", 6);
        string shuffled = _net.Add(new ChannelShuffle(2), value);
        _net.Head(_net.Conv(shuffled, 5, 1));

        NetworkAnalysis analysis = _net.Analyse();

        analysis.At(value, 1).Should().Be(analysis.At(value, 4));
        analysis.At(shuffled, 2).Should().Be(analysis.At(value, 1));
        analysis.Groups[0].Size.Should().Be(3);
    }

    [Theory]
    [InlineData("softmax")]
    [InlineData("normalization")]
    [InlineData("reshape")]
    [InlineData("transpose")]
    [InlineData("opaque")]
    public void Of_OperationThatMixesChannels_LocksThemAndSaysWhy(string kind)
    {
        string value = _net.ConvNormAct("input", 8);
        Operation operation = kind switch
        {
            "softmax" => new Softmax(),
            "normalization" => new ChannelNormalization(ChannelNormalizationKind.Sum),
            "reshape" => new Reshape(new Shape(16, 8, 16)),
            "transpose" => new Transpose([1, 0, 2]),
            _ => new Opaque("strange", new Shape(8, 16, 16), []),
        };
        string mixed = _net.Add(operation, value);
        _net.Head(_net.Conv(mixed, 5, 1));

        NetworkAnalysis analysis = _net.Analyse();

        analysis.Groups[0].IsLocked.Should().BeTrue();
        analysis.Groups[0].LockOf(3).Should().Contain(mixed);
    }

    [Fact]
    public void Of_SumWithTheInput_IsLocked()
    {
        string value = _net.Conv("input", 3);
        _net.Head(_net.Conv(_net.Add(new Add(), "input", value), 5, 1));

        NetworkAnalysis analysis = _net.Analyse();

        analysis.Groups[0].LockOf(0).Should().Contain("input");
    }

    [Fact]
    public void Of_GroupedConvolutionAndSplit_AskForEqualParts()
    {
        string value = _net.ConvNormAct("input", 8);
        string grouped = _net.Conv(value, 12, 3, groups: 4);
        string half = _net.Add(new Split(2, 1), grouped);
        _net.Head(_net.Conv(half, 5, 1));

        NetworkAnalysis analysis = _net.Analyse();

        analysis.Constraints.Select(constraint => (constraint.Value, constraint.Parts))
            .Should().Equal((value, 4), (grouped, 4), (grouped, 2));
    }

    [Fact]
    public void Of_ConvolutionReadByMoreThanItsNorm_HasNoNormOfItsOwn()
    {
        string value = _net.Conv("input", 8);
        string norm = _net.Norm(value);
        _net.Head(_net.Conv(_net.Add(new Concat(), value, norm), 5, 1));

        NetworkAnalysis analysis = _net.Analyse();

        analysis.Groups[0].Members.Select(member => (member.Layer.Id, member.BatchNorm?.Id)).Should().Equal((value, null), (norm, norm));
    }
}
