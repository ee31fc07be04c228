using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatDarknet.Reading;

namespace PluginPrune.FormatDarknet.Sections;

/// <summary>[detection]: the head of YOLOv1. It reads a vector: the classes of all cells, then objectness, then the boxes.</summary>
internal sealed class DetectionSection : HeadSection
{
    public override string Name => "detection";

    protected override string Kind => "detection";

    protected override ImmutableArray<(string Key, double Default)> Numbers { get; } =
    [
        ("classes", 1), ("num", 1), ("coords", 1), ("side", 7), ("softmax", 0), ("sqrt", 0), ("rescore", 0), ("coord_scale", 1), ("object_scale", 1),
        ("noobject_scale", 1), ("class_scale", 1),
    ];

    protected override void ReadMore(SectionReader reader, ImmutableSortedDictionary<string, ImmutableArray<double>>.Builder parameters)
    {
        int classes = reader.AtLeast(1, "classes", 1);
        int coords = reader.AtLeast(1, "coords", 1);
        int side = reader.AtLeast(1, "side", 7);
        int count = ReadCount(reader);
        Int128 wanted = (Int128)side * side * (((1 + (long)coords) * count) + classes);
        if (reader.PreviousShape.Count != wanted)
        {
            throw reader.Section.Fault(
                "classes",
                $"layer {reader.Section.Index} [detection] with side = {side}, num = {count}, {coords} coords and {classes} classes reads {side} * {side} * ((1 + {coords}) * {count} + {classes}) = {wanted} numbers; the layer before it gives {reader.PreviousShape}.");
        }
    }
}
