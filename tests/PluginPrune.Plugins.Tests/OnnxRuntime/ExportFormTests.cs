using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Plugins.Tests.Onnx;

namespace PluginPrune.Plugins.Tests.OnnxRuntime;

/// <summary>Files in the forms that releases of YOLOv5 have, with suppression, and in half precision, run as they stand.</summary>
public sealed class ExportFormTests
{
    private const int Boxes = (3 * 4 * 6) + (2 * 8 * 12);
    private const int Row = 7;

    private readonly Network _network = OnnxNetworks.Detector(kind: "yolov5");

    [OnnxRuntimeTheory]
    [InlineData(13, false)]
    [InlineData(17, true)]
    [InlineData(21, false)]
    public void Release_7_gives_boxes_alone(int opset, bool isOpen)
    {
        Batch<float> input = Ort.Pictures(1, _network.Inputs[0].Shape);

        float[] boxes = Run(input, [("output0", new Shape(Boxes, Row))], isOpen, ("outputs", "v7.0"), ("opset", FormattableString.Invariant($"{opset}")))[0];

        Ort.Difference(boxes, Decoded(input)).Should().BeLessThan(1e-6);
    }

    [OnnxRuntimeTheory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Release_6_gives_boxes_and_behind_them_what_the_heads_read(int pictures, bool isOpen)
    {
        Batch<float> input = Ort.Pictures(pictures, _network.Inputs[0].Shape);

        float[][] outputs = Run(input, [("output", new Shape(Boxes, Row)), ("map0", new Shape(3, 4, 6, Row)), ("map1", new Shape(2, 8, 12, Row))], isOpen, ("outputs", "v6.0"));

        Ort.Difference(outputs[0], Decoded(input)).Should().BeLessThan(1e-6);
        Ort.Difference(outputs[1], Map(input, 0)).Should().BeLessThan(1e-6);
        Ort.Difference(outputs[2], Map(input, 1)).Should().BeLessThan(1e-6);
    }

    [OnnxRuntimeFact]
    public void Release_5_gives_what_the_heads_read_alone()
    {
        Batch<float> input = Ort.Pictures(1, _network.Inputs[0].Shape);

        float[][] outputs = Run(input, [("output", new Shape(3, 4, 6, Row)), ("map1", new Shape(2, 8, 12, Row))], isOpen: false, ("outputs", "v5.0"));

        Ort.Difference(outputs[0], Map(input, 0)).Should().BeLessThan(1e-6);
        Ort.Difference(outputs[1], Map(input, 1)).Should().BeLessThan(1e-6);
    }

    [OnnxRuntimeTheory]
    [InlineData(1, false, 0.45, 300)]
    [InlineData(2, true, 0.2, 300)]
    [InlineData(1, false, 1, 5)]
    public void Suppressed_boxes_are_those_of_a_plain_suppression(int pictures, bool isOpen, double iou, int most)
    {
        Batch<float> input = Ort.Pictures(pictures, _network.Inputs[0].Shape);
        float[] boxes = Decoded(input);
        double confidence = Above(boxes, 40);
        (double, float[])[] expected = Suppress(boxes, pictures, confidence, iou, most);
        (string, string)[] options = [("outputs", "v7.0"), ("nms", "true"), ("nms-conf", FormattableString.Invariant($"{confidence}")), ("nms-iou", FormattableString.Invariant($"{iou}")), ("nms-max", FormattableString.Invariant($"{most}")), .. Open(isOpen)];

        using var session = new OnnxSession(OnnxFile.Write(_network, options));
        float[] found = session.RunRows("input", input, "detections", expected.Length, Row);

        expected.Should().NotBeEmpty();
        float[][] rows = [.. found.Chunk(Row).OrderBy(static row => row[0]).ThenBy(static row => row[6]).ThenByDescending(static row => row[5])];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i].Should().BeEquivalentTo(expected[i].Item2, static how => how.WithStrictOrdering().Using<float>(static context => context.Subject.Should().BeApproximately(context.Expectation, 1e-3f)).WhenTypeIs<float>());
        }
    }

    [OnnxRuntimeTheory]
    [InlineData("raw", false)]
    [InlineData("v7.0", false)]
    [InlineData("v7.0", true)]
    public void Half_precision_stays_near_single(string form, bool keepsBn)
    {
        Batch<float> input = Ort.Pictures(1, _network.Inputs[0].Shape);
        bool isRaw = form == "raw";
        (string, Shape) output = isRaw ? (_network.Heads[0].Input, _network.ShapeOf(_network.Heads[0].Input)) : ("output0", new Shape(Boxes, Row));
        (string, string)[] options = [("outputs", form), ("keep-bn", keepsBn ? "true" : "false")];
        float[] single = Run(input, [output], isOpen: false, options)[0];

        float[] half = Run(input, [output], isOpen: false, [.. options, ("half", "true")])[0];

        // Eleven bits a number: measured are 4e-4 to 9e-4 of the largest value here.
        Ort.Difference(half, single).Should().BeInRange(1e-6, 3e-3);
        OnnxFile.Write(_network, [.. options, ("half", "true")]).Length.Should().BeLessThan(OnnxFile.Write(_network, options).Length);
    }

    /// <summary>A score that so many are above, and none is near.</summary>
    private static double Above(float[] boxes, int count)
    {
        float[] scores = [.. boxes.Chunk(Row).SelectMany(static row => (float[])[row[4] * row[5], row[4] * row[6]]).OrderDescending()];
        return Enumerable.Range(count, count).Select(i => (Middle: (scores[i] + scores[i + 1]) / 2.0, Gap: scores[i] - scores[i + 1])).MaxBy(static pair => pair.Gap).Middle;
    }

    private static (string, string)[] Open(bool isOpen) => isOpen ? [("dynamic-batch", "true"), ("dynamic-size", "true")] : [];

    private float[][] Run(Batch<float> input, (string, Shape)[] outputs, bool isOpen, params (string, string)[] options)
    {
        using var session = new OnnxSession(OnnxFile.Write(_network, [.. options, .. Open(isOpen)]));
        return session.Run("input", input, outputs);
    }

    private float[] Decoded(Batch<float> input) => Run(input, [("boxes", new Shape(Boxes, Row))], input.Size > 1, ("outputs", "decoded"))[0];

    /// <summary>[pictures, anchors, rows, columns, 7] of what a head reads.</summary>
    private float[] Map(Batch<float> input, int head)
    {
        string value = _network.Heads[head].Input;
        Shape shape = _network.ShapeOf(value);
        int places = shape.ElementsPerChannel;
        float[] raw = Run(input, [.. _network.Heads.Select(other => (other.Input, _network.ShapeOf(other.Input)))], input.Size > 1, ("outputs", "raw"))[head];
        float[] map = new float[raw.Length];
        for (int i = 0; i < map.Length; i++)
        {
            (int picture, int rest) = Math.DivRem(i, shape.Count);
            (int anchor, int inside) = Math.DivRem(rest, places * Row);
            (int place, int channel) = Math.DivRem(inside, Row);
            map[i] = raw[(picture * shape.Count) + (((anchor * Row) + channel) * places) + place];
        }

        return map;
    }

    private static (double Score, float[] Row)[] Suppress(float[] boxes, int pictures, double confidence, double iou, int most)
    {
        var kept = new List<(double Score, float[] Row)>();
        for (int picture = 0; picture < pictures; picture++)
        {
            float[][] rows = [.. boxes.Skip(picture * Boxes * Row).Take(Boxes * Row).Chunk(Row)];
            for (int kind = 0; kind < 2; kind++)
            {
                var ofClass = new List<(double Score, float[] Row)>();
                foreach (float[] row in rows.Where(row => row[4] * row[5 + kind] > confidence).OrderByDescending(row => row[4] * row[5 + kind]))
                {
                    float[] corners = [row[0] - (row[2] / 2), row[1] - (row[3] / 2), row[0] + (row[2] / 2), row[1] + (row[3] / 2)];
                    if (ofClass.Count < most && ofClass.TrueForAll(other => Overlap(other.Row.AsSpan(1), corners) <= iou))
                    {
                        ofClass.Add((row[4] * row[5 + kind], [picture, .. corners, row[4] * row[5 + kind], kind]));
                    }
                }

                kept.AddRange(ofClass);
            }
        }

        return [.. kept];
    }

    private static double Overlap(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        double width = Math.Min(one[2], other[2]) - Math.Max(one[0], other[0]);
        double height = Math.Min(one[3], other[3]) - Math.Max(one[1], other[1]);
        double both = Math.Max(0, width) * Math.Max(0, height);
        return both / (((one[2] - one[0]) * (one[3] - one[1])) + ((other[2] - other[0]) * (other[3] - other[1])) - both);
    }
}
