using System.Globalization;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatDarknet.Reading;
using PluginPrune.FormatDarknet.Writing;

namespace PluginPrune.FormatDarknet.Sections;

/// <summary>[upsample]: nearest neighbour.</summary>
internal sealed class UpsampleSection : SectionType
{
    public override string Name => "upsample";

    public override string Read(SectionReader reader)
    {
        double scale = reader.Section.Number("scale", 1);
        if (scale != 1)
        {
            throw reader.Section.Fault("scale", $"[upsample] has scale = {reader.Section.Text("scale")}; only 1 is supported.");
        }

        int stride = reader.Section.Integer("stride", 2);
        if (stride < 1)
        {
            throw reader.Section.Fault("stride", $"[upsample] has stride = {stride}; it must be at least 1. Darknet's downsampling by a negative stride is not supported.");
        }

        return reader.Add("upsample", new Upsample(stride), reader.Previous);
    }

    public override SectionDraft? Plan(Node node, Planner planner) =>
        node.Operation is Upsample upsample
            ? new SectionDraft(this, node, node.Id)
            {
                Source = SourceOf(node.Annotations),
                Primary = [node.Inputs[0]],
                Settings = [new Setting("stride", upsample.Factor.ToString(CultureInfo.InvariantCulture), "2") { IsAlwaysWritten = true }],
            }
            : null;
}
