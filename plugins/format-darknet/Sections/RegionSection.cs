using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatDarknet.Reading;

namespace PluginPrune.FormatDarknet.Sections;

/// <summary>[region]: the head of YOLOv2 and YOLO9000; its anchors are in cells, not in pixels.</summary>
internal sealed class RegionSection : HeadSection
{
    public override string Name => "region";

    protected override string Kind => "region";

    protected override ImmutableArray<(string Key, double Default)> Numbers { get; } =
    [
        ("classes", 20), ("num", 1), ("coords", 4), ("softmax", 0), ("background", 0), ("bias_match", 0), ("absolute", 0), ("rescore", 0),
        ("thresh", 0.5), ("classfix", 0), ("coord_scale", 1), ("object_scale", 1), ("noobject_scale", 1), ("class_scale", 1),
    ];

    protected override ImmutableArray<string> Lists => ["anchors"];

    protected override void ReadMore(SectionReader reader, ImmutableSortedDictionary<string, ImmutableArray<double>>.Builder parameters)
    {
        int classes = reader.AtLeast(1, "classes", 20);
        int coords = reader.AtLeast(1, "coords", 4);
        int count = ReadCount(reader);
        Shape input = reader.PreviousShape;
        long wanted = count * (1 + coords + (long)classes);
        if (input.Channels != wanted)
        {
            throw reader.Section.Fault(
                "classes",
                $"layer {reader.Section.Index} [region] with num = {count}, {coords} coords and {classes} classes reads {count} * ({coords} + 1 + {classes}) = {wanted} channels; the layer before it gives {input}. Set its filters to {wanted}, or correct classes or num.");
        }

        parameters["anchors"] = ReadAnchors(reader, count);
        if (reader.Section.Text("tree") is not null)
        {
            // The file that it names stays where it is: whoever decodes the head must know that there is one.
            parameters["tree"] = [1];
        }
    }
}
