using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatDarknet.Reading;
using PluginPrune.FormatDarknet.Text;
using PluginPrune.FormatDarknet.Writing;

namespace PluginPrune.FormatDarknet.Sections;

/// <summary>[yolo]: a head. It computes nothing here; who reads it reads what it reads.</summary>
internal sealed class YoloSection : SectionType
{
    // Far more than any network has; it keeps a wrong number from becoming a long list.
    private const int MostAnchors = 1000;

    // Each stands in the head's parameters with Darknet's default where the section does not give it.
    private static readonly (string Key, double Default)[] Numbers =
    [
        ("scale_x_y", 1), ("new_coords", 0), ("beta_nms", 0.6), ("ignore_thresh", 0.5), ("truth_thresh", 1), ("iou_thresh", 1),
        ("iou_normalizer", 0.75), ("obj_normalizer", 1), ("cls_normalizer", 1),
    ];

    public override string Name => "yolo";

    public override string Read(SectionReader reader)
    {
        CfgSection section = reader.Section;
        int classes = reader.AtLeast(1, "classes", 20);
        int count = reader.AtLeast(1, "num", 1);
        if (count > MostAnchors)
        {
            throw section.Fault("num", $"[yolo] has num = {count}; more than {MostAnchors} anchors cannot be meant.");
        }

        ImmutableArray<int> mask = section.Integers("mask") ?? [.. Enumerable.Range(0, count)];
        if (mask.Any(anchor => anchor < 0 || anchor >= count))
        {
            throw section.Fault("mask", $"[yolo] has mask = {section.Text("mask")}; with num = {count} each must be from 0 to {count - 1}.");
        }

        CheckFilters(reader, mask.Length, classes);
        var parameters = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<double>>(StringComparer.Ordinal);
        parameters["anchors"] = ReadAnchors(reader, count);
        parameters["mask"] = [.. mask.Select(static anchor => (double)anchor)];
        parameters["classes"] = [classes];
        parameters["num"] = [count];
        foreach ((string key, double otherwise) in Numbers)
        {
            parameters[key] = [section.Number(key, otherwise)];
        }

        reader.AddHead("yolo", parameters.ToImmutable());
        return reader.Previous;
    }

    /// <summary>Plans the section of a head.</summary>
    public SectionDraft? Plan(Head head, Planner planner)
    {
        if (head.Kind != Name)
        {
            return null;
        }

        CfgSection? source = SourceOf(head.Annotations);
        IEnumerable<Setting> lists = Lists(head, source is null ? ["mask", "anchors", "classes", "num"] : ["classes", "num"]);
        IEnumerable<Setting> numbers = Numbers.Select(entry => new Setting(entry.Key, Text(head.Number(entry.Key, entry.Default)), Text(entry.Default)));
        return new SectionDraft(this, head) { Source = source, Primary = [head.Input], Settings = [.. lists, .. numbers] };
    }

    private static void CheckFilters(SectionReader reader, int anchors, int classes)
    {
        Shape input = reader.PreviousShape;
        long wanted = (long)anchors * (5 + (long)classes);
        if (input.Rank != 3 || input.Channels != wanted)
        {
            throw reader.Section.Fault(
                "classes",
                $"layer {reader.Section.Index} [yolo] with {anchors} anchors in mask and {classes} classes reads {anchors} * (5 + {classes}) = {wanted} channels; the layer before it gives {input}. Set its filters to {wanted}, or correct classes or mask.");
        }
    }

    private static ImmutableArray<double> ReadAnchors(SectionReader reader, int count)
    {
        ImmutableArray<double> anchors = reader.Section.Numbers("anchors") ?? [];
        long wanted = 2L * count;
        if (anchors.Length >= wanted)
        {
            return anchors[..(int)wanted];
        }

        if (anchors.Length % 2 != 0)
        {
            throw reader.Section.Fault("anchors", $"[yolo] has {anchors.Length} numbers in anchors; with num = {count} it must have {wanted}.");
        }

        reader.Warn($"it has {anchors.Length / 2} pairs of anchors and num = {count}; the others are 0.5, 0.5, as in Darknet.");
        return [.. anchors, .. Enumerable.Repeat(0.5, (int)wanted - anchors.Length)];
    }

    // Of a section that was read, masks and anchors are never touched.
    private static IEnumerable<Setting> Lists(Head head, IEnumerable<string> keys) =>
        keys.Where(head.Parameters.ContainsKey).Select(key => new Setting(key, string.Join(',', head.Parameters[key].Select(Text)), DefaultOf(key)) { IsAlwaysWritten = true });

    private static string? DefaultOf(string key) => key switch { "classes" => "20", "num" => "1", _ => null };

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
