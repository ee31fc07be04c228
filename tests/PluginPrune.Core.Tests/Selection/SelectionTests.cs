using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Selection;
using PluginPrune.Core.Tests.Support;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Selection;

public sealed class SelectionTests
{
    private readonly NetworkBuilder _net = new(3);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.29, 2)]
    [InlineData(0.3, 3)]
    [InlineData(0.7, 7)]
    [InlineData(0.999, 9)]
    [InlineData(1, 9)]
    public void Select_Rate_DropsExactlyTheFloorOfTheShare(double rate, int dropped)
    {
        NetworkAnalysis analysis = OneLayerOf(10);

        ChannelMasks masks = Select(analysis, new SelectionRule { Rate = rate }, [Range(10)]);

        masks[analysis.Groups[0]].Should().Equal(Enumerable.Range(0, 10).Select(channel => channel >= dropped));
    }

    [Fact]
    public void Select_RateInBinaryBelowItsDecimal_StillDropsTheWholeNumber()
    {
        NetworkAnalysis analysis = OneLayerOf(100);

        // 0.29 * 100 is 28.999999999999996 in binary.
        ChannelMasks masks = Select(analysis, new SelectionRule { Rate = 0.29 }, [Range(100)]);

        masks.Kept(analysis.Groups[0]).Should().Be(71);
    }

    [Fact]
    public void Select_AllScoresEqual_DropsTheHigherIndexesFirst()
    {
        NetworkAnalysis analysis = OneLayerOf(10);

        ChannelMasks masks = Select(analysis, new SelectionRule { Rate = 0.4 }, [Enumerable.Repeat(0.5, 10).ToArray()]);

        masks[analysis.Groups[0]].Should().Equal(Enumerable.Range(0, 10).Select(channel => channel < 6));
    }

    [Fact]
    public void Select_AllScoresEqualOverLayers_DropsTheLaterLayerFirst()
    {
        string first = _net.ConvNormAct("input", 4);
        _net.Head(_net.Conv(_net.ConvNormAct(first, 4), 5, 1));
        NetworkAnalysis analysis = _net.Analyse();

        ChannelMasks masks = Select(analysis, new SelectionRule { Rate = 0.25 }, [[1, 1, 1, 1], [1, 1, 1, 1]]);

        masks[analysis.Groups[0]].Should().OnlyContain(keep => keep);
        masks[analysis.Groups[1]].Should().Equal(true, true, false, false);
    }

    [Theory]
    [InlineData(Coupling.Skip, "1111")]
    [InlineData(Coupling.First, "0011")]
    [InlineData(Coupling.Union, "1011")]
    [InlineData(Coupling.Intersection, "0010")]
    [InlineData(Coupling.Maximum, "1010")]
    [InlineData(Coupling.Mean, "0011")]
    [InlineData(Coupling.L2, "1010")]
    public void Select_TiedLayers_AgreeAsTheCouplingSays(Coupling coupling, string kept)
    {
        string stem = _net.ConvNormAct("input", 4);
        string sum = _net.Add(new Add(), stem, _net.ConvNormAct(stem, 4));
        _net.Head(_net.Conv(sum, 5, 1));
        NetworkAnalysis analysis = _net.Analyse();

        ChannelMasks masks = Select(
            analysis, new SelectionRule { Rate = 0.5, Coupling = coupling }, [[1, 2, 8, 6.5], [9, 3, 7, 4]]);

        masks[analysis.Groups[0]].Should().Equal(kept.Select(digit => digit == '1'));
    }

    [Fact]
    public void Select_LayerKeep_BringsTheBestBack()
    {
        NetworkAnalysis analysis = OneLayerOf(10);

        ChannelMasks masks = Select(analysis, new SelectionRule { Rate = 1, LayerKeep = 0.3 }, [[5, 1, 9, 3, 9, 0, 2, 4, 6, 7]]);

        masks[analysis.Groups[0]].Select((keep, channel) => (keep, channel)).Where(pair => pair.keep).Select(pair => pair.channel)
            .Should().Equal(2, 4, 9);
    }

    [Theory]
    [InlineData(true, 6)]
    [InlineData(false, 5)]
    public void Select_ScriptsScope_TreatsTheThresholdAsTheScriptsDo(bool keepsThreshold, int kept)
    {
        NetworkAnalysis analysis = OneLayerOf(10);

        ChannelMasks masks = Select(
            analysis, new SelectionRule { Rate = 0.45, KeepsThreshold = keepsThreshold }, [Range(10)], PruningScope.Scripts);

        masks.Kept(analysis.Groups[0]).Should().Be(kept);
    }

    [Theory]
    [InlineData(PruningScope.Full)]
    [InlineData(PruningScope.Scripts)]
    public void Select_RateOneOrTies_NeverEmptiesALayer(PruningScope scope)
    {
        NetworkAnalysis analysis = OneLayerOf(10);

        ChannelMasks masks = Select(analysis, new SelectionRule { Rate = 1 }, [Enumerable.Repeat(0.25, 10).ToArray()], scope);

        masks[analysis.Groups[0]].Select((keep, channel) => keep ? channel : -1).Max().Should().Be(0, "of equal channels the first stays");
    }

    [Fact]
    public void Enforce_GroupedConvolution_LevelsItsPartsByBringingBack()
    {
        string value = _net.ConvNormAct("input", 8);
        string grouped = _net.Conv(value, 8, 3, groups: 2);
        _net.Head(_net.Conv(grouped, 5, 1));
        NetworkAnalysis analysis = _net.Analyse();
        var wanted = new ChannelMasks(
        [
            [true, true, true, false, false, false, true, false],
            .. analysis.Groups.Skip(1).Select(group => ImmutableArray.CreateRange(Enumerable.Repeat(true, group.Size))),
        ]);
        MemberScores scores = Scores(analysis, 0, [9, 9, 9, 1, 4, 5, 9, 3]);

        ChannelMasks masks = MaskGuard.Enforce(analysis, new SelectionGuards(), wanted, [scores]);

        masks[analysis.Groups[0]].Should().Equal(true, true, true, false, true, true, true, false);
    }

    [Fact]
    public void Enforce_GroupedConvolutionAndRounding_DoNotDriveEachOtherUp()
    {
        string value = _net.ConvNormAct("input", 32);
        string grouped = _net.ConvNormAct(value, 32, 3, groups: 4);
        _net.Head(_net.Conv(grouped, 5, 1));
        NetworkAnalysis analysis = _net.Analyse();

        // 4 of each part of 8 are wanted: 16 in all, which is a multiple of 8 as it is; a fifth in one part makes it 24.
        ImmutableArray<bool> even = [.. Enumerable.Range(0, 32).Select(channel => channel % 2 == 0)];
        ImmutableArray<bool> uneven = even.SetItem(1, true);
        ImmutableArray<bool> all = [.. Enumerable.Repeat(true, 5)];

        ChannelMasks kept = MaskGuard.Enforce(analysis, new SelectionGuards { RoundTo = 8 }, new ChannelMasks([even, even, all]), []);
        ChannelMasks raised = MaskGuard.Enforce(analysis, new SelectionGuards { RoundTo = 8 }, new ChannelMasks([uneven, even, all]), []);

        kept.Kept(analysis.Groups[0]).Should().Be(16);
        kept.Kept(analysis.Groups[1]).Should().Be(16);
        raised.Kept(analysis.Groups[0]).Should().Be(24);
        raised.Kept(analysis.Groups[1]).Should().Be(16);
    }

    [Fact]
    public void Enforce_SliceOfDroppedChannels_KeepsOneOfThem()
    {
        string value = _net.ConvNormAct("input", 8);
        string slice = _net.Add(new Slice(4, 3), value);
        _net.Head(_net.Conv(slice, 5, 1));
        _net.Head(_net.Conv(value, 5, 1));
        NetworkAnalysis analysis = _net.Analyse();
        var wanted = new ChannelMasks(
        [
            [true, true, true, true, false, false, false, true],
            .. analysis.Groups.Skip(1).Select(group => ImmutableArray.CreateRange(Enumerable.Repeat(true, group.Size))),
        ]);

        ChannelMasks masks = MaskGuard.Enforce(analysis, new SelectionGuards(), wanted, []);

        masks[analysis.Groups[0]].Should().Equal(true, true, true, true, true, false, false, true);
    }

    [Fact]
    public void FindSafeRate_RateAtTheBend_NamesTheBend()
    {
        NetworkAnalysis analysis = OneLayerOf(1000);
        double[] sparse = [.. Enumerable.Range(0, 700).Select(i => 0.001 + (i * 1e-6)), .. Enumerable.Range(0, 300).Select(i => 0.5 + (i * 1e-3))];
        var curve = new EnergyCurve([Scores(analysis, 0, sparse)]);

        curve.FindSafeRate(0.69).Should().Be(0.7);
        curve.FindSafeRate(0.5).Should().BeNull("far from the bend");
        curve.FindSafeRate(0.9).Should().BeNull("beyond it, every step costs the same");
        curve.At(0.7).Should().BeLessThan(1e-4);
        curve.At(1).Should().BeApproximately(1, 1e-12);
    }

    private static double[] Range(int count) => [.. Enumerable.Range(0, count).Select(i => (double)i)];

    private static MemberScores Scores(NetworkAnalysis analysis, int group, double[] values) =>
        new(analysis.Groups[group], analysis.Groups[group].Members[0], values);

    private static ChannelMasks Select(NetworkAnalysis analysis, SelectionRule rule, double[][] scores, PruningScope scope = PruningScope.Full)
    {
        var services = new PruningServices((_, _) => throw new InvalidOperationException("No criterion is asked for here."));
        var context = new PruningContext(analysis.Network, analysis.Groups, services) { Scope = scope };
        ImmutableArray<MemberScores> members =
        [
            .. analysis.Groups.SelectMany(group => group.Members, (group, member) => (group, member))
                .Where(pair => pair.member.Norm is not null)
                .Select((pair, i) => new MemberScores(pair.group, pair.member, scores[i])),
        ];
        return services.Select(context, ChannelDecision.FromScores(members, rule));
    }

    private NetworkAnalysis OneLayerOf(int channels)
    {
        _net.Head(_net.Conv(_net.ConvNormAct("input", channels), 5, 1));
        return _net.Analyse();
    }
}
