using PluginPrune.FormatYolov5.Modules;
using PluginPrune.Shared.TorchFiles.Pickles;

namespace PluginPrune.FormatYolov5.Writing;

/// <summary>
/// The model's 'yaml' with the widths and numbers of blocks that the modules have, without multiples. YOLOv5's own rows say what a layer
/// gives and not how wide it is inside: that is told under 'widths'.
/// </summary>
internal static class ExplicitDescription
{
    public const string WidthsKey = "widths";

    // What gives as many channels as its first argument says.
    private static readonly HashSet<string> Wide = new(StringComparer.Ordinal)
    {
        "Conv", "DWConv", "GhostConv", "Bottleneck", "GhostBottleneck", "SPP", "SPPF", "Focus", "CrossConv", "BottleneckCSP", "C3", "C3x", "C3TR", "C3SPP", "C3Ghost",
    };

    /// <summary>The model with its description updated; unchanged where it has none that fits, or where every layer is as wide as it was.</summary>
    /// <param name="before">As it was read.</param>
    /// <param name="after">As it has become.</param>
    public static TorchModule Update(TorchModule before, TorchModule after)
    {
        TorchModule list = after.Child("model")!;
        PickleDictionary widths = WidthsOf(list);
        if (after.Attribute("yaml") is not PickleDictionary yaml || yaml["backbone"] is not List<object?> backbone || yaml["head"] is not List<object?> head
            || backbone.Count + head.Count != list.Children.Length || Inner(WidthsOf(before.Child("model")!)).SequenceEqual(Inner(widths)))
        {
            return after;
        }

        var described = new PickleDictionary();
        foreach ((object? key, object? value) in yaml.Entries)
        {
            if (key is not WidthsKey)
            {
                described.Add(key, key switch
                {
                    "depth_multiple" or "width_multiple" => 1.0,
                    "backbone" => Rows(backbone, list, 0),
                    "head" => Rows(head, list, backbone.Count),
                    _ => value,
                });
            }
        }

        described.Add(WidthsKey, widths);
        return after.With("yaml", described);
    }

    /// <summary>Of all layers but the last: the description itself tells how many numbers leave the network.</summary>
    private static IEnumerable<KeyValuePair<object?, object?>> Inner(PickleDictionary widths)
    {
        string last = widths.Entries.Select(static entry => ((string)entry.Key!).Split('.')[0]).LastOrDefault(string.Empty);
        return widths.Entries.Where(entry => ((string)entry.Key!).Split('.')[0] != last);
    }

    private static List<object?> Rows(List<object?> rows, TorchModule list, int first) => [.. rows.Select((row, i) => Row(row, list.Children[first + i].Value!))];

    private static object? Row(object? value, TorchModule module)
    {
        if (value is not List<object?> { Count: 4 } row || row[2] is not string kind || row[3] is not List<object?> { Count: > 0 } arguments || !Wide.Contains(kind))
        {
            return value;
        }

        TorchModule one = module.Type.Name == "Sequential" && module.Children.Length > 0 ? module.Children[^1].Value! : module;
        long count = module.Type.Name == "Sequential" ? module.Children.Length : one.Child("m") is { Type.Name: "Sequential" } inside ? inside.Children.Length : 1;
        return new List<object?> { row[0], count, kind, new List<object?> { WidthOf(one) ?? arguments[0] }.Concat(arguments.Skip(1)).ToList() };
    }

    /// <summary>What a layer gives: that of its last convolution; of a ghost, of both.</summary>
    private static object? WidthOf(TorchModule module) => module.Type.Name switch
    {
        "Conv2d" => module.Attribute("out_channels"),
        "GhostConv" => (long?)WidthOf(module.Child("cv1")!) + (long?)WidthOf(module.Child("cv2")!),
        "GhostBottleneck" => WidthOf(module.Child("conv")!.Children[^1].Value!),
        "BottleneckCSP" => WidthOf(module.Child("cv4")!),
        _ => (module.Child("cv3") ?? module.Child("cv2") ?? module.Child("conv")) is { } last ? WidthOf(last) : null,
    };

    private static PickleDictionary WidthsOf(TorchModule list)
    {
        var widths = new PickleDictionary();
        Gather(list, string.Empty, widths);
        return widths;
    }

    private static void Gather(TorchModule module, string path, PickleDictionary widths)
    {
        foreach ((string name, TorchModule? child) in module.Children)
        {
            string place = path.Length == 0 ? name : $"{path}.{name}";
            if (child is { Type.Name: "Conv2d" })
            {
                widths.Add(place, child.Attribute("out_channels"));
            }
            else if (child is not null)
            {
                Gather(child, place, widths);
            }
        }
    }
}
