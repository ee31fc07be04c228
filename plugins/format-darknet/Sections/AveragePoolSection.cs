using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatDarknet.Reading;
using PluginPrune.FormatDarknet.Writing;

namespace PluginPrune.FormatDarknet.Sections;

/// <summary>[avgpool]: the mean of all places of each channel.</summary>
internal sealed class AveragePoolSection : SectionType
{
    public override string Name => "avgpool";

    public override ImmutableArray<string> Aliases => ["avg"];

    public override string Read(SectionReader reader) => reader.Add("avgpool", new GlobalAveragePool(), reader.Previous);

    public override SectionDraft? Plan(Node node, Planner planner) =>
        node.Operation is GlobalAveragePool
            ? new SectionDraft(this, node, node.Id) { Source = SourceOf(node.Annotations), Primary = [node.Inputs[0]] }
            : null;
}
