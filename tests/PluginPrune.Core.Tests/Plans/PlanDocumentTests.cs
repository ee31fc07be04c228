using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Surgery;
using PluginPrune.Core.Tests.Support;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Plans;

public sealed class PlanDocumentTests
{
    [Fact]
    public void Read_WhatWasWritten_MakesTheSameNetwork()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            Network network = RandomNetworks.Make(seed, isPadded: true, preservesZero: false);
            PruningPlan plan = Pruned.Randomly(network, seed);

            PruningPlan again = PlanConverter.ToPlan(PlanJson.Read(Write(Document(plan)), "plan.json"), network);

            Network first = plan.Apply().Network;
            Network second = again.Apply().Network;
            second.Nodes.Select(node => (node.Id, second.ShapeOf(node.Id))).Should().Equal(first.Nodes.Select(node => (node.Id, first.ShapeOf(node.Id))));
            DoubleRun.Of(second, seed).Should().Equal(DoubleRun.Of(first, seed), "seed {0}", seed);
        }
    }

    [Fact]
    public void Read_PlanWithConstants_MakesTheSameNetwork()
    {
        int constants = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            Network network = RandomNetworks.Make(seed, isPadded: true, preservesZero: false);
            PruningPlan plan = Pruned.Exactly(network, seed);

            PruningPlan again = PlanConverter.ToPlan(PlanJson.Read(Write(Document(plan)), "plan.json"), network);

            again.Folding.Should().Be(FoldingMode.Exact);
            again.Constants.Should().BeEquivalentTo(plan.Constants, "seed {0}", seed);
            DoubleRun.Of(again.Apply().Network, seed).Should().Equal(DoubleRun.Of(plan.Apply().Network, seed), "seed {0}", seed);
            constants += plan.Constants.Count;
        }

        constants.Should().BeGreaterThan(20);
    }

    [Fact]
    public void ToPlan_NewerWeightsOfTheSameArchitecture_IsTaken()
    {
        Network network = Small(seed: 5);
        PlanDocument document = Document(Pruned.Randomly(network, 1));

        PruningPlan plan = PlanConverter.ToPlan(document, Small(seed: 6));

        plan.Apply().Network.Nodes.Should().NotBeEmpty();
    }

    [Fact]
    public void ToPlan_AnotherArchitecture_IsRefused()
    {
        PlanDocument document = Document(Pruned.Randomly(Small(seed: 5), 1));

        Action act = () => PlanConverter.ToPlan(document, Small(seed: 5, width: 12));

        act.Should().Throw<PlanException>().WithMessage("*another network*");
    }

    [Theory]
    [InlineData("0-99", "*beyond the last*")]
    [InlineData("3-1", "*runs backwards*")]
    [InlineData("x", "*neither an index*")]
    [InlineData("-1", "*neither an index*")]
    [InlineData("", "*keeps nothing*")]
    public void ToPlan_KeptThatCannotBe_IsRefusedWithTheGroup(string kept, string message)
    {
        Network network = Small(seed: 5);
        PlanDocument document = Document(Pruned.Randomly(network, 1));
        PlanDocument edited = document with { Groups = document.Groups.SetItem(0, document.Groups[0] with { Kept = kept }) };

        Action act = () => PlanConverter.ToPlan(edited, network);

        act.Should().Throw<PlanException>().WithMessage(message).WithMessage($"*{document.Groups[0].Name}*");
    }

    [Fact]
    public void ToPlan_LockedChannelDropped_IsRefusedWithTheReason()
    {
        Network network = Small(seed: 5);
        PlanDocument document = Document(Pruned.Randomly(network, 1));
        PlannedGroup head = document.Groups[^1];
        PlanDocument edited = document with { Groups = document.Groups.SetItem(document.Groups.Length - 1, head with { Kept = "0" }) };

        Action act = () => PlanConverter.ToPlan(edited, network);

        act.Should().Throw<PlanException>().WithMessage("*head*reads it*");
    }

    private static PlanDocument Document(PruningPlan plan) => PlanConverter.ToDocument(
        plan, ImmutableDictionary<string, double>.Empty, ImmutableSortedDictionary<string, string>.Empty.Add("criterion", "random"));

    private static byte[] Write(PlanDocument document)
    {
        using var stream = new MemoryStream();
        PlanJson.Write(document, stream);
        return stream.ToArray();
    }

    private static Network Small(int seed, int width = 8)
    {
        var net = new NetworkBuilder(seed);
        string stem = net.ConvNormAct("input", width);
        string sum = net.Add(new Add(), stem, net.ConvNormAct(net.ConvNormAct(stem, 4, 1), width));
        net.Head(net.Conv(sum, 5, 1, bias: true));
        return net.Build();
    }
}
