using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Inspection;
using PluginPrune.Core.Plans;

namespace PluginPrune.Core.Tests.Plans;

/// <summary>What a criterion says of layers stands in the plan and is told by whoever explains a layer.</summary>
public sealed class PlannedNoteTests
{
    private static readonly Network Network = PlanSample.Network();

    private static readonly PlannedNote Note = new("n0", "k = 2 by the \"elbow\"")
    {
        Curves = [new Curve("distortion", "k", "sum of squares", [1, 2, 3], [0.1, 1e-300, -2.5]), new Curve("", "x", "y", [], [])],
    };

    [Fact]
    public void Read_NotesThatWereWritten_AreTheSame()
    {
        PlanDocument document = PlanSample.Document(Network) with { Notes = [Note, new PlannedNote("n3", "")] };

        PlanDocument again = PlanSample.Read(PlanSample.Text(document));

        again.Notes.Should().BeEquivalentTo(document.Notes, static options => options.WithStrictOrdering());
        PlanSample.Text(again).Should().Be(PlanSample.Text(document));
        PlanConverter.ToPlan(again, Network).Masks.Count.Should().BePositive();
    }

    [Fact]
    public void Write_PlanWithoutNotes_IsAsItWasBeforeThereWereAny() => PlanSample.Text(PlanSample.Document(Network)).Should().NotContain("notes");

    [Theory]
    [InlineData("\"x\": [1, 2, 3]", "\"x\": [1, 2]", "note 'n0': curve 'distortion': 'y' has 3 numbers and 'x' 2")]
    [InlineData("\"x\": [1, 2, 3]", "\"x\": [1, true, 3]", "'x' is true; an array of numbers is wanted")]
    [InlineData("\"x\": [1, 2, 3]", "\"x\": [1, 2e999, 3]", "'x' is the number 2e999")]
    [InlineData("\"xName\": \"k\"", "\"xNam\": \"k\"", "there is no key 'xNam'. Did you mean 'xName'?")]
    [InlineData("\"layer\": \"n0\"", "\"layer\": 3", "note number 1: 'layer' is the number 3")]
    public void Read_NoteThatCannotBe_IsRefusedWithWhatAndWhere(string part, string instead, string message)
    {
        string text = PlanSample.Text(PlanSample.Document(Network) with { Notes = [Note] });
        text.Should().Contain(part);

        Action reading = () => PlanSample.Read(text.Replace(part, instead, StringComparison.Ordinal));

        reading.Should().Throw<PlanException>().Which.Message.Should().Contain(message).And.Contain("line ");
    }

    [Fact]
    public void Explain_Layer_TellsItsNotesAndNoOthers()
    {
        PlanDocument document = PlanSample.Document(Network) with { Notes = [Note, new PlannedNote("n3", "another")] };
        NetworkInspection inspection = NetworkInspector.Inspect(Network, PlanConverter.ToPlan(document, Network), CancellationToken.None);
        (LayerInspection layer, string value) = new LayerLookup(inspection).Find("n0")!.Value;

        new LayerExplainer(inspection) { Notes = document.Notes }.Explain(layer, value).Notes.Should().Equal(Note);
    }
}
