using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatDarknet.Reading;
using PluginPrune.FormatDarknet.Text;
using PluginPrune.FormatDarknet.Writing;

namespace PluginPrune.FormatDarknet.Sections;

/// <summary>
/// [softmax] over all elements, whatever map they stand in. In groups, with a tree, a temperature or place by place it is kept
/// as it is.
/// </summary>
internal sealed class SoftmaxSection : SectionType
{
    /// <summary>What its node is called, unless it is kept as it is.</summary>
    public const string Suffix = "softmax";

    /// <summary>The kind of head that a network has which ends in it.</summary>
    public const string HeadKind = "classify";

    public override string Name => "softmax";

    public override ImmutableArray<string> Aliases => ["soft"];

    public override string Read(SectionReader reader)
    {
        CfgSection section = reader.Section;
        int groups = reader.AtLeast(1, "groups", 1);
        Shape input = reader.PreviousShape;
        if (input.Count % groups != 0)
        {
            throw section.Fault("groups", $"layer {section.Index} [softmax] has groups = {groups}, which does not divide its {input.Count} inputs.");
        }

        if (groups > 1 || section.Find("tree") is not null || section.Number("temperature", 1) != 1 || section.Number("spatial", 0) != 0)
        {
            return reader.AddOpaque(input, [], reader.Previous);
        }

        string value = input.ElementsPerChannel == 1 ? reader.Previous : reader.Add("line", new Reshape(new Shape(input.Count, 1, 1)), reader.Previous);
        return reader.Add(Suffix, new Softmax(), value);
    }

    public override SectionDraft? Plan(Node node, Planner planner)
    {
        switch (node.Operation)
        {
            case Reshape when SourceOf(node.Annotations) is not null && planner.PeekFollower(node) is { Operation: Softmax }:
                // The softmax that reads it writes both.
                planner.Fuse(node);
                return null;
            case Softmax when planner.ShapeOf(node.Inputs[0]).ElementsPerChannel != 1:
                planner.Fail(node, "[softmax] weighs all elements against each other, not those of each place");
                return null;
            case Softmax:
                Node? line = planner.Network.Find(node.Inputs[0]) is { Operation: Reshape } reshape && SourceOf(reshape.Annotations) is not null ? reshape : null;
                return new SectionDraft(this, node, node.Id) { Source = SourceOf(node.Annotations), Primary = [(line ?? node).Inputs[0]] };
            default:
                return Keep(node);
        }
    }
}
