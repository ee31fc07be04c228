using System.Globalization;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatDarknet.Reading;
using PluginPrune.FormatDarknet.Writing;

namespace PluginPrune.FormatDarknet.Sections;

/// <summary>[reorg3d] of AlexeyAB's fork: blocks of places become channels; with 'reverse' it is kept as it is.</summary>
internal sealed class Reorg3dSection : SectionType
{
    public override string Name => "reorg3d";

    public override string Read(SectionReader reader)
    {
        int stride = reader.AtLeast(1, "stride", 1);
        return reader.Section.Integer("reverse", 0) != 0
            ? reader.AddOpaque(ReorgSection.Reverse(reader, reader.PreviousShape, stride), [], reader.Previous)
            : reader.Add("reorg", new SpaceToDepth(stride), reader.Previous);
    }

    public override SectionDraft? Plan(Node node, Planner planner)
    {
        if (node.Operation is not SpaceToDepth blocks)
        {
            return Keep(node);
        }

        if (blocks.ColumnsFirst && blocks.BlockSize > 1)
        {
            planner.Fail(node, "[reorg3d] counts the places of a block row by row, not column by column");
            return null;
        }

        return new SectionDraft(this, node, node.Id)
        {
            Source = SourceOf(node.Annotations),
            Primary = [node.Inputs[0]],
            Settings = [new Setting("stride", blocks.BlockSize.ToString(CultureInfo.InvariantCulture), "1") { IsAlwaysWritten = true }],
        };
    }
}
