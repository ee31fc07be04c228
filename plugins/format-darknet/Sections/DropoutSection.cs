using System.Globalization;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatDarknet.Reading;
using PluginPrune.FormatDarknet.Writing;

namespace PluginPrune.FormatDarknet.Sections;

/// <summary>[dropout]: nothing at inference, kept because the file has it and training wants it.</summary>
internal sealed class DropoutSection : SectionType
{
    public override string Name => "dropout";

    public override string Read(SectionReader reader) =>
        reader.Add("dropout", new Dropout(reader.Section.Number("probability", 0.2)), reader.Previous);

    public override SectionDraft? Plan(Node node, Planner planner) =>
        node.Operation is Dropout dropout
            ? new SectionDraft(this, node, node.Id)
            {
                Source = SourceOf(node.Annotations),
                Primary = [node.Inputs[0]],
                Settings = [new Setting("probability", dropout.Probability.ToString(CultureInfo.InvariantCulture), "0.2") { IsAlwaysWritten = true }],
            }
            : null;
}
