using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatDarknet.Reading;
using PluginPrune.FormatDarknet.Text;
using PluginPrune.FormatDarknet.Writing;

namespace PluginPrune.FormatDarknet.Sections;

/// <summary>[sam]: an earlier layer times the layer before, element by element (spatial attention).</summary>
internal sealed class SamSection : SectionType
{
    public override string Name => "sam";

    public override string Read(SectionReader reader)
    {
        CfgSection section = reader.Section;
        ImmutableArray<string> sources = reader.Resolve("from");
        if (sources.Length != 1)
        {
            throw section.Fault("from", $"[sam] names {sources.Length} layers in from; it takes one.");
        }

        if (reader.ShapeOf(sources[0]) != reader.PreviousShape)
        {
            throw section.Fault(
                "from", $"layer {section.Index} [sam] multiplies {reader.ShapeOf(sources[0])} by {reader.PreviousShape}; both must have one shape.");
        }

        return reader.AddActivation(reader.Add("mul", new Multiply(), sources[0], reader.Previous), "linear");
    }

    public override SectionDraft? Plan(Node node, Planner planner)
    {
        // One factor a channel is [scale_channels]'s, unless the file said it so.
        bool isMine = node.Operation is Multiply
            && planner.ShapeOf(node.Inputs[0]) == planner.ShapeOf(node.Inputs[1])
            && (SourceOf(node.Annotations) is not null || planner.ShapeOf(node.Inputs[1]).ElementsPerChannel > 1);
        if (!isMine)
        {
            return null;
        }

        ImmutableArray<Setting> activation = ActivationSettings(node, planner, "linear", out string output);
        return new SectionDraft(this, node, output)
        {
            Source = SourceOf(node.Annotations),
            Primary = [node.Inputs[1]],
            References = [node.Inputs[0]],
            ReferenceKey = "from",
            Settings = activation,
        };
    }
}
