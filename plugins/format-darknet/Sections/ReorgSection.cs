using System.Globalization;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatDarknet.Reading;
using PluginPrune.FormatDarknet.Text;
using PluginPrune.FormatDarknet.Writing;

namespace PluginPrune.FormatDarknet.Sections;

/// <summary>[reorg] in Darknet's own order of the memory; with 'reverse', 'flatten' or 'extra' it is kept as it is.</summary>
internal sealed class ReorgSection : SectionType
{
    public override string Name => "reorg";

    public override string Read(SectionReader reader)
    {
        CfgSection section = reader.Section;
        int stride = reader.AtLeast(1, "stride", 1);
        int extra = reader.AtLeast(0, "extra", 0);
        Shape input = reader.PreviousShape;
        if (extra > 0)
        {
            return reader.AddOpaque(reader.CheckedShape((long)input.Count + extra, 1, 1), [], reader.Previous);
        }

        if (section.Integer("reverse", 0) != 0)
        {
            return reader.AddOpaque(Reverse(reader, input, stride), [], reader.Previous);
        }

        if (section.Integer("flatten", 0) != 0)
        {
            return reader.AddOpaque(reader.Infer(new Reorg(stride), reader.Previous), [], reader.Previous);
        }

        return reader.Add("reorg", new Reorg(stride), reader.Previous);
    }

    public override SectionDraft? Plan(Node node, Planner planner) =>
        node.Operation is Reorg reorg
            ? new SectionDraft(this, node, node.Id)
            {
                Source = SourceOf(node.Annotations),
                Primary = [node.Inputs[0]],
                Settings = [new Setting("stride", reorg.Stride.ToString(CultureInfo.InvariantCulture), "1") { IsAlwaysWritten = true }],
            }
            : Keep(node);

    /// <summary>The shape of what 'reverse' gives.</summary>
    public static Shape Reverse(SectionReader reader, Shape input, int stride)
    {
        long block = (long)stride * stride;
        return input.Channels % block == 0
            ? reader.CheckedShape(input.Channels / block, (long)input.Height * stride, (long)input.Width * stride)
            : throw reader.Section.Fault(
                "stride", $"layer {reader.Section.Index} [{reader.Section.Name}] has stride = {stride} and reverse; {stride} * {stride} does not divide its {input.Channels} channels.");
    }
}
