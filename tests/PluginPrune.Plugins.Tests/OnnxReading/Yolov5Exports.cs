using static PluginPrune.Plugins.Tests.OnnxReading.OnnxSketch;

namespace PluginPrune.Plugins.Tests.OnnxReading;

/// <summary>Small detectors whose boxes are decoded as releases of YOLOv5 export it: two levels of two anchors and three classes, for pictures of 48 x 32.</summary>
internal sealed class Yolov5Exports
{
    public const int Anchors = 2;
    public const int Classes = 3;
    public const int Row = 5 + Classes;

    /// <summary>Width and height of the anchors, level by level.</summary>
    public static double[][] Sizes { get; } = [[4, 6, 8.5, 7], [12, 20, 30, 25]];

    /// <summary>How many pictures at once, where that is fixed.</summary>
    public int? Pictures { get; init; }

    public int Opset { get; init; } = 13;

    /// <summary>Whether what the heads read is given too, as releases before 6.2 do.</summary>
    public bool HasMaps { get; init; }

    /// <summary>What is added to the column of a place, beside what it must be.</summary>
    public float Astray { get; init; }

    public byte[] Bytes => Sketch().Bytes;

    public OnnxSketch Sketch()
    {
        object batch = Pictures is { } pictures ? pictures : "N";
        OnnxSketch sketch = new OnnxSketch(Opset).Input("images", batch, 3, 32, 48)
            .Conv("images", "p3", 3, 16, 8, ("strides", Ints(8, 8))).Node("Sigmoid", "p3", "p3.s").Node("Mul", ["p3", "p3.s"], ["p3.a"])
            .Conv("p3.a", "p4", 16, 16, 2, ("strides", Ints(2, 2))).Node("Sigmoid", "p4", "p4.s").Node("Mul", ["p4", "p4.s"], ["p4.a"])
            .Number("two", 2).Number("half", 0.5f).Number("stride0", 8).Number("stride1", 16).Integers("last", 4).Integers("zero", 0).Integers("place", 2).Integers("rest", 4).Integers("end", long.MaxValue);
        Level(sketch, 0, "p3.a", 4, 6);
        Level(sketch, 1, "p4.a", 2, 3);
        sketch.Node("Concat", ["z0", "z1"], ["output"], ("axis", 1)).Output("output", batch, Anchors * (24 + 6), Row);
        return HasMaps ? sketch.Output("t0", batch, Anchors, 4, 6, Row).Output("t1", batch, Anchors, 2, 3, Row) : sketch;
    }

    private void Level(OnnxSketch sketch, int level, string value, int rows, int columns)
    {
        string Name(string name) => FormattableString.Invariant($"{name}{level}");
        int batch = Pictures ?? 0;
        int grids = Pictures ?? 1;
        float corner = (HasMaps ? 0 : -0.5f) + Astray;
        sketch.Conv(value, Name("m"), 16, Anchors * Row).Integers(Name("apart"), batch, Anchors, Row, rows, columns).Integers(Name("rows"), batch, Anchors * rows * columns, Row)
            .Tensor(Name("grid"), 1, Each(grids, rows, columns, (_, row, column, axis) => (axis == 0 ? column : row) + corner), grids, Anchors, rows, columns, 2)
            .Tensor(Name("sizes"), 1, Each(1, rows, columns, (anchor, _, _, axis) => (float)Sizes[level][(2 * anchor) + axis]), 1, Anchors, rows, columns, 2)
            .Node("Reshape", [Name("m"), Name("apart")], [Name("r")]).Node("Transpose", Name("r"), Name("t"), ("perm", Ints(0, 1, 3, 4, 2))).Node("Sigmoid", Name("t"), Name("s"));
        if (HasMaps)
        {
            sketch.Node("Slice", [Name("s"), "zero", "place", "last"], [Name("xy")]).Node("Slice", [Name("s"), "place", "rest", "last"], [Name("wh")]).Node("Slice", [Name("s"), "rest", "end", "last"], [Name("conf")])
                .Node("Mul", [Name("xy"), "two"], [Name("xy2")]).Node("Sub", [Name("xy2"), "half"], [Name("xy3")]).Node("Add", [Name("xy3"), Name("grid")], [Name("xyg")]);
        }
        else
        {
            _ = Opset >= 13
                ? sketch.Integers(Name("parts"), 2, 2, Row - 4).Node("Split", [Name("s"), Name("parts")], [Name("xy"), Name("wh"), Name("conf")], ("axis", 4))
                : sketch.Node("Split", [Name("s")], [Name("xy"), Name("wh"), Name("conf")], ("axis", 4), ("split", Ints(2, 2, Row - 4)));
            sketch.Node("Mul", [Name("xy"), "two"], [Name("xy2")]).Node("Add", [Name("xy2"), Name("grid")], [Name("xyg")]);
        }

        sketch.Node("Mul", [Name("xyg"), Name("stride")], [Name("centre")])
            .Node("Mul", [Name("wh"), "two"], [Name("wh2")]).Node("Pow", [Name("wh2"), "two"], [Name("whs")]).Node("Mul", [Name("whs"), Name("sizes")], [Name("size")])
            .Node("Concat", [Name("centre"), Name("size"), Name("conf")], [Name("all")], ("axis", 4)).Node("Reshape", [Name("all"), Name("rows")], [Name("z")]);
    }

    private static byte[] Each(int pictures, int rows, int columns, Func<int, int, int, int, float> number)
    {
        var bytes = new List<byte>();
        for (int i = 0; i < pictures * Anchors * rows * columns * 2; i++)
        {
            int place = i / 2 % (rows * columns);
            bytes.AddRange(BitConverter.GetBytes(number(i / 2 / rows / columns % Anchors, place / columns, place % columns, i % 2)));
        }

        return [.. bytes];
    }
}
