using System.Globalization;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatYolov5.Making;
using PluginPrune.Shared.TorchFiles;
using PluginPrune.Shared.TorchFiles.Pickles;

namespace PluginPrune.FormatYolov5.Description;

/// <summary>
/// The published models from release 3.1 on, by which a state dictionary without a description is understood. Widths and numbers of blocks
/// come from its tensors.
/// </summary>
internal static class OfficialLayouts
{
    private static readonly (bool IsLate, bool IsLarge, string Block)[] Known =
    [
        (true, false, "C3"), (false, false, "C3"), (true, true, "C3"), (false, true, "C3"), (false, false, "BottleneckCSP"),
    ];

    /// <summary>The layout that a state's names are of.</summary>
    /// <exception cref="TorchFileException">They are of none.</exception>
    public static PickleDictionary Find(StateWeights state)
    {
        HashSet<string> names = [.. state.Names];
        foreach ((bool isLate, bool isLarge, string block) in Known)
        {
            List<object?[]> rows = Rows(isLate, isLarge, block);
            if (rows.Select((row, i) => Fits((string)row[2]!, i, names)).All(static fits => fits) && !names.Contains(string.Create(CultureInfo.InvariantCulture, $"model.{rows.Count}.conv.weight")))
            {
                return Describe(rows, state, names);
            }
        }

        throw new TorchFileException("its tensors are those of none of the published models, and no .yaml of its name beside it describes another. Save the checkpoint as YOLOv5 does, or put its .yaml there.");
    }

    /// <summary>The rows [from, number, module, args] of a model.</summary>
    /// <param name="isLate">As from release 6.0 on.</param>
    /// <param name="isLarge">With a fourth level.</param>
    /// <param name="block">'C3', or 'BottleneckCSP' as before release 4.</param>
    public static List<object?[]> Rows(bool isLate, bool isLarge, string block)
    {
        var rows = new List<object?[]>();
        Add(-1, 1, isLate ? "Conv" : "Focus", isLate ? [64L, 6L, 2L, 2L] : [64L, 3L]);
        Stage(128, 3);
        Stage(256, isLate ? 6 : 9);
        Stage(512, 9);
        if (isLarge)
        {
            Stage(768, 3);
        }

        Add(-1, 1, "Conv", 1024L, 3L, 2L);
        if (isLate)
        {
            Add(-1, 3, block, 1024L);
            Add(-1, 1, "SPPF", 1024L, 5L);
        }
        else
        {
            Add(-1, 1, "SPP", 1024L, isLarge ? new List<object?> { 3L, 5L, 7L } : [5L, 9L, 13L]);
            Add(-1, 3, block, 1024L, false);
        }

        long[] widths = isLarge ? [768, 512, 256] : [512, 256];
        int last = rows.Count - 1;
        var narrowed = new List<long>();
        for (int i = 0; i < widths.Length; i++)
        {
            narrowed.Add(rows.Count);
            Add(-1, 1, "Conv", widths[i], 1L, 1L);
            Add(-1, 1, "nn.Upsample", "None", 2L, "nearest");
            Add(new List<object?> { -1L, (long)(last - 3 - (2 * i)) }, 1, "Concat", 1L);
            Add(-1, 3, block, widths[i], false);
        }

        var levels = new List<object?> { (long)(rows.Count - 1) };
        long[] outputs = isLarge ? [512, 768, 1024] : [512, 1024];
        for (int i = 0; i < outputs.Length; i++)
        {
            Add(-1, 1, "Conv", widths[^(i + 1)], 3L, 2L);
            Add(new List<object?> { -1L, narrowed[^(i + 1)] }, 1, "Concat", 1L);
            Add(-1, 3, block, outputs[i], false);
            levels.Add((long)(rows.Count - 1));
        }

        Add(levels, 1, "Detect", "nc", "anchors");
        return rows;

        void Stage(long width, long blocks)
        {
            Add(-1, 1, "Conv", width, 3L, 2L);
            Add(-1, blocks, block, width);
        }

        void Add(object from, long number, string kind, params object?[] arguments) => rows.Add([from is int one ? (long)one : from, number, kind, arguments.ToList()]);
    }

    private static bool Fits(string kind, int index, HashSet<string> names)
    {
        string layer = string.Create(CultureInfo.InvariantCulture, $"model.{index}.");
        return kind switch
        {
            "Conv" => names.Contains(layer + "conv.weight"),
            "Focus" => names.Contains(layer + "conv.conv.weight"),
            "C3" => names.Contains(layer + "cv3.conv.weight"),
            "BottleneckCSP" => names.Contains(layer + "cv4.conv.weight"),
            "SPP" or "SPPF" => names.Contains(layer + "cv2.conv.weight") && !names.Contains(layer + "cv3.conv.weight"),
            "Detect" => names.Contains(layer + "m.0.weight"),
            _ => !names.Any(name => name.StartsWith(layer, StringComparison.Ordinal)),
        };
    }

    private static PickleDictionary Describe(List<object?[]> rows, StateWeights state, HashSet<string> names)
    {
        string detect = string.Create(CultureInfo.InvariantCulture, $"model.{rows.Count - 1}.");
        Tensor anchors = state.Find(detect + "anchors") is { Shape.Rank: 3 } found ? found : throw new TorchFileException($"it has no tensor '{detect}anchors', which tells the sizes of its boxes.");
        int perAnchor = (state.Find(detect + "m.0.bias")?.Count ?? 0) / anchors.Shape[1];
        for (int i = 0; i < rows.Count; i++)
        {
            string blocks = string.Create(CultureInfo.InvariantCulture, $"model.{i}.m.");
            if (rows[i][2] is "C3" or "BottleneckCSP")
            {
                rows[i][1] = (long)names.Where(name => name.StartsWith(blocks, StringComparison.Ordinal)).Select(name => name[blocks.Length..].Split('.')[0]).Distinct(StringComparer.Ordinal).Count();
            }
        }

        var yaml = new PickleDictionary();
        yaml.Add("nc", (long)Math.Max(1, perAnchor - 5));
        yaml.Add("depth_multiple", 1.0);
        yaml.Add("width_multiple", 1.0);

        // Their pixels are in the buffer; here they tell how many there are.
        yaml.Add("anchors", Enumerable.Range(0, anchors.Shape[0]).Select(_ => (object?)Enumerable.Repeat((object?)1L, 2 * anchors.Shape[1]).ToList()).ToList());
        int backbone = rows.FindIndex(static row => row[2] is "nn.Upsample") - 1;
        yaml.Add("backbone", rows.Take(backbone).Select(static row => (object?)row.ToList()).ToList());
        yaml.Add("head", rows.Skip(backbone).Select(static row => (object?)row.ToList()).ToList());
        return yaml;
    }
}
