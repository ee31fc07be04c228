using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatDarknet.Reading;
using PluginPrune.FormatDarknet.Writing;

namespace PluginPrune.FormatDarknet.Sections;

/// <summary>[cost]: what training makes small; at inference nothing.</summary>
internal sealed class CostSection : SectionType
{
    public override string Name => "cost";

    public override string Read(SectionReader reader) => reader.Add("cost", new Identity(), reader.Previous);

    public override SectionDraft? Plan(Node node, Planner planner) =>
        node.Operation is Identity && SourceOf(node.Annotations) is { } source
            ? new SectionDraft(this, node, node.Id) { Source = source, Primary = [node.Inputs[0]] }
            : null;
}
