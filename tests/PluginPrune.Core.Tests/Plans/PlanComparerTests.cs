using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Plans;

namespace PluginPrune.Core.Tests.Plans;

public sealed class PlanComparerTests
{
    private static readonly Network Network = PlanSample.Network();
    private static readonly PlanDocument Plan = PlanSample.Document(Network);

    [Fact]
    public void Compare_WhatWasReadAndWhatWasWritten_AreEqual()
    {
        PlanDifference difference = PlanComparer.Compare(Plan, PlanSample.Read(PlanSample.Text(Plan)));

        difference.CutsTheSame.Should().BeTrue();
        difference.Made.Should().BeEmpty();
    }

    [Fact]
    public void Compare_TheSameChannelsWrittenOtherwise_CutTheSame()
    {
        PlanDocument other = PlanSample.Keep(Plan, ("n0", "6,5,4 2 0-1 1"), ("n3", "0 2 3"));

        PlanComparer.Compare(Plan, other).CutsTheSame.Should().BeTrue();
    }

    [Fact]
    public void Compare_MadeOtherwise_TellsTheSettingsAndCutsTheSame()
    {
        PlanDocument other = Plan with { Made = Plan.Made.SetItem("criterion", "slim").Add("seed", "3") };

        PlanDifference difference = PlanComparer.Compare(Plan, other);

        difference.CutsTheSame.Should().BeTrue();
        difference.Made.Should().Equal(new MadeDifference("criterion", "test", "slim"), new MadeDifference("seed", null, "3"));
    }

    [Fact]
    public void Compare_OtherChannels_TellsThoseOfEach()
    {
        PlanDocument other = PlanSample.Keep(Plan, ("n3", "0-1"), ("n10", "0-3 4-7"));

        PlanDifference difference = PlanComparer.Compare(Plan, other);

        difference.CutsTheSame.Should().BeFalse();
        difference.Groups.Select(static group => (group.Group.Name, group.First!.Kept, group.Second!.Kept, group.OnlyInFirst, group.OnlyInSecond))
            .Should().Equal(("n3", 3, 2, "2-3", "1"), ("n10", 4, 8, "", "2-3 6-7"));
        (difference.First.Kept, difference.First.Channels).Should().Be((18, 25));
        (difference.Second.Kept, difference.Second.Channels).Should().Be((21, 25));
    }

    [Fact]
    public void Compare_OtherConstants_DoNotCutTheSame()
    {
        PlanDocument other = Plan with { Groups = Plan.Groups.Replace(Plan.Groups[1], Plan.Groups[1] with { Constant = "2" }) };

        PlanDifference difference = PlanComparer.Compare(Plan, other);

        difference.CutsTheSame.Should().BeFalse();
        difference.Groups.Should().ContainSingle().Which.Second!.Constants.Should().Equal(false, false, true, false);
    }

    [Fact]
    public void Compare_BlockRemovedByOne_TellsTheBlockAndItsGroups()
    {
        PlanDifference difference = PlanComparer.Compare(Plan, PlanSample.WithoutBlock(Network));

        difference.BlocksOnlyInFirst.Should().BeEmpty();
        difference.BlocksOnlyInSecond.Should().ContainSingle().Which.Junction.Should().Be("n9");
        GroupDifference gone = difference.Groups.Should().ContainSingle().Subject;
        (gone.Group.Name, gone.First!.Kept, gone.Second, gone.OnlyInFirst).Should().Be(("n3", 3, null, null));
        PlanComparer.Compare(PlanSample.WithoutBlock(Network), Plan).Groups.Should().ContainSingle().Which.First.Should().BeNull();
    }

    [Fact]
    public void Compare_ListsThatAreNone_AreRefusedWithTheirLines()
    {
        PlanDocument bad = PlanSample.Read(PlanSample.Text(PlanSample.Keep(Plan, ("n3", "7"), ("n10", "x"))));

        Action act = () => PlanComparer.Compare(Plan, bad);

        act.Should().Throw<PlanException>().Which.Message.Split('\n').Should().HaveCount(2)
            .And.OnlyContain(line => line.StartsWith("plan.json, line ", StringComparison.Ordinal));
    }
}
