using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Tests.Support;
using PluginPrune.Core.Verification;
using PluginPrune.EngineManaged;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Plans;

/// <summary>A plan whose lists somebody changed in an editor is applied as it stands, to these weights and to newer ones.</summary>
public sealed class HandEditedPlanTests
{
    private static readonly IEngine Engine = PluginFactory.Create<ManagedEnginePlugin, IEngine>("managed");

    [Theory]
    [InlineData("0-2 4-6", "0-1,  7 5", 4)]
    [InlineData("0-2 4-6", "0-7", 8)]
    [InlineData("0-2 4-6", "3 4", 2)]
    public void Apply_EditedList_KeepsThoseChannelsAndIsVerified(string before, string after, int kept)
    {
        Network network = PlanSample.Network();
        string text = PlanSample.Text(PlanSample.Document(network));
        string edited = text.Replace($"\"kept\": \"{before}\"", $"\"kept\": \"{after}\"", StringComparison.Ordinal);

        PruningPlan plan = PlanSample.Bind(edited, network);
        Network small = plan.Apply().Network;

        edited.Should().NotBe(text);
        small.ShapeOf("n9").Channels.Should().Be(kept);
        new Verifier(Engine).Verify(plan, small, 1, CancellationToken.None).Passed.Should().BeTrue();
    }

    [Fact]
    public void Apply_BlockWrittenInByHand_IsRemovedAndVerified()
    {
        // Its own group goes with it.
        Network network = PlanSample.Network();
        PlanDocument document = PlanSample.Document(network);
        string edited = PlanSample.Text(document with { Groups = document.Groups.RemoveAt(1) })
            .Replace("\"removedBlocks\": []", "\"removedBlocks\": [ { \"junction\": \"n9\" } ]", StringComparison.Ordinal);

        PruningPlan plan = PlanSample.Bind(edited, network);
        Network small = plan.Apply().Network;

        small.Find("n9").Should().BeNull();
        new Verifier(Engine).Verify(plan, small, 1, CancellationToken.None).Passed.Should().BeTrue();
    }

    [Fact]
    public void Apply_NewerWeights_CutsTheSameChannelsOfThem()
    {
        string text = PlanSample.Text(PlanSample.Document(PlanSample.Network(seed: 5)));
        Network newer = PlanSample.Network(seed: 6);

        PruningPlan plan = PlanSample.Bind(text, newer);
        Network small = plan.Apply().Network;

        Tensor whole = ((BatchNorm)newer["n4"].Operation).Gamma;
        ((BatchNorm)small["n4"].Operation).Gamma.Floats.ToArray().Should().Equal(whole.Floats[0], whole.Floats[2], whole.Floats[3]);
        new Verifier(Engine).Verify(plan, small, 1, CancellationToken.None).Passed.Should().BeTrue();
    }

    [Fact]
    public void Write_ScoresThatAreNoNumbers_AreLeftOut()
    {
        PlanDocument document = PlanSample.WithoutBlock(PlanSample.Network());
        PlanDocument odd = document with { RemovedBlocks = [document.RemovedBlocks[0] with { Score = double.NaN }] };

        PlanSample.Read(PlanSample.Text(odd)).RemovedBlocks.Should().ContainSingle().Which.Score.Should().BeNull();
    }

    [Fact]
    public void Write_ReadAndWrittenAgain_IsTheSameText()
    {
        foreach (PlanDocument document in new[] { PlanSample.Document(PlanSample.Network()), PlanSample.WithoutBlock(PlanSample.Network()) })
        {
            string text = PlanSample.Text(document);

            PlanSample.Text(PlanSample.Read(text)).Should().Be(text);
        }
    }
}
