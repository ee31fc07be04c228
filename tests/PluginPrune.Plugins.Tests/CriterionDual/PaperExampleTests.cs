using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Selection;
using PluginPrune.Core.Surgery;

namespace PluginPrune.Plugins.Tests.CriterionDual;

/// <summary>What the paper counts, and its steps 4 to 8 as a plan tells them.</summary>
public sealed class PaperExampleTests
{
    private readonly Network _network = PaperBlock.Make();

    // One cluster: the paper's example does not say into how many its filters fall.
    private readonly PruningServices _services = Duals.Services(("subspace", "k", "1"));

    [Fact]
    public void Apply_ThePapersBlock_HasThePapersParameters()
    {
        PlanResult result = Make();

        Network small = NetworkSurgeon.Apply(result.Plan, CancellationToken.None).Network;

        (Parameters(_network, PaperBlock.Narrow), Parameters(_network, PaperBlock.Wide)).Should().Be((32_896, 295_168));
        (Parameters(small, PaperBlock.Narrow), Parameters(small, PaperBlock.Wide)).Should().Be((9_509, 85_504));
    }

    [Fact]
    public void Notes_OfALayer_TellTheStepsInThePapersOrder()
    {
        ChannelDecision decision = Make().Decision!;

        ImmutableArray<string> notes = Duals.NotesOf(decision, PaperBlock.Narrow);

        notes[..^3].Should().NotBeEmpty().And.OnlyContain(note => note.StartsWith("subspace: ", StringComparison.Ordinal));
        notes[^3].Should().StartWith("subspace, 40 %: drops 51 of 128 channels (40-90); places in their sets of these ");
        notes[^2].Should().StartWith("slim, 60 %: drops 76 of 128 channels (0-75); scores of these 0.01 to 0.76; scores of those that stay 0.77 to 1.28");
        notes[^1].Should().Be("union: drops 91 of 128 channels (0-90); both want 36 of them gone; 37 stay");
        Duals.NotesOf(decision, PaperBlock.Wide).Should().ContainSingle().Which.Should().StartWith("left alone: ").And.Contain("--coupling skip");
    }

    [Fact]
    public void Notes_AtAnotherRate_AreOfThatRate()
    {
        ChannelDecision decision = Make().Decision!.At(0.3);

        Duals.NotesOf(decision, PaperBlock.Narrow).Should().Contain(note => note.StartsWith("subspace, 20 %: drops 25 of 128", StringComparison.Ordinal))
            .And.Contain(note => note.StartsWith("slim, 30 %: drops 38 of 128", StringComparison.Ordinal));
    }

    private PlanResult Make() => new PlanMaker(_services).Make(_network, new PlanRequest { Criterion = Duals.Create() }, CancellationToken.None);

    private static int Parameters(Network network, string layer)
    {
        var convolution = (Convolution)network[layer].Operation;
        return convolution.Weight.Count + convolution.Bias!.Count;
    }
}
