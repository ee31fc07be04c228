using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatDarknet.Reading;
using PluginPrune.FormatDarknet.Text;

namespace PluginPrune.FormatDarknet.Sections;

/// <summary>[yolo] and [Gaussian_yolo]: boxes on the anchors that a mask picks out.</summary>
internal sealed class YoloSection : HeadSection
{
    private static readonly ImmutableArray<(string Key, double Default)> Common =
    [
        ("classes", 20), ("num", 1), ("scale_x_y", 1), ("beta_nms", 0.6), ("ignore_thresh", 0.5), ("truth_thresh", 1), ("iou_thresh", 1),
        ("iou_normalizer", 0.75), ("obj_normalizer", 1), ("cls_normalizer", 1),
    ];

    // What x and y are of a box; Darknet takes the first for words that it does not know.
    private static readonly string[] Points = ["center", "left_top", "right_bottom"];

    private readonly int _boxChannels;

    private YoloSection(string name, string kind, int boxChannels, params ReadOnlySpan<(string Key, double Default)> numbers)
    {
        Name = name;
        Kind = kind;
        _boxChannels = boxChannels;
        Numbers = [.. Common, .. numbers];
    }

    /// <summary>x, y, width, height, objectness.</summary>
    public static YoloSection Plain { get; } = new("yolo", "yolo", 5, ("new_coords", 0));

    /// <summary>Each of the four with its spread, then objectness.</summary>
    public static YoloSection Gaussian { get; } = new("Gaussian_yolo", "gaussian-yolo", 9, ("uc_normalizer", 1));

    public override string Name { get; }

    protected override string Kind { get; }

    protected override ImmutableArray<(string Key, double Default)> Numbers { get; }

    protected override ImmutableArray<string> Lists => ["mask", "anchors"];

    protected override void ReadMore(SectionReader reader, ImmutableSortedDictionary<string, ImmutableArray<double>>.Builder parameters)
    {
        CfgSection section = reader.Section;
        int classes = reader.AtLeast(1, "classes", 20);
        int count = ReadCount(reader);
        ImmutableArray<int> mask = section.Integers("mask") ?? [.. Enumerable.Range(0, count)];
        if (mask.Any(anchor => anchor < 0 || anchor >= count))
        {
            throw section.Fault("mask", $"[{Name}] has mask = {section.Text("mask")}; with num = {count} each must be from 0 to {count - 1}.");
        }

        CheckFilters(reader, mask.Length, classes);
        parameters["anchors"] = ReadAnchors(reader, count);
        parameters["mask"] = [.. mask.Select(static anchor => (double)anchor)];
        if (this == Gaussian && section.Text("yolo_point") is { } point)
        {
            parameters["yolo_point"] = [Array.IndexOf(Points, point) is >= 0 and var index ? index : 0];
        }
    }

    private void CheckFilters(SectionReader reader, int anchors, int classes)
    {
        Shape input = reader.PreviousShape;
        long wanted = (long)anchors * (_boxChannels + (long)classes);
        if (input.Rank != 3 || input.Channels != wanted)
        {
            throw reader.Section.Fault(
                "classes",
                $"layer {reader.Section.Index} [{Name}] with {anchors} anchors in mask and {classes} classes reads {anchors} * ({_boxChannels} + {classes}) = {wanted} channels; the layer before it gives {input}. Set its filters to {wanted}, or correct classes or mask.");
        }
    }
}
