using PluginPrune.Contracts.Networks;
using PluginPrune.FormatOnnx.Model;

namespace PluginPrune.FormatOnnx.Writing.Outputs;

/// <summary>
/// Turns what YOLO heads read into boxes (Redmon and Farhadi 2018, section 2.1), in the form that
/// <see cref="OutputForm.Decoded"/> describes.
/// </summary>
internal sealed class BoxDecoder(GraphBuilder graph, Network network)
{
    private const int Last = 3;
    private const int SizeStart = 2;
    private const int ObjectnessStart = 4;

    /// <summary>Writes all heads.</summary>
    /// <param name="valueOf">The value in the graph that a head reads.</param>
    /// <returns>[pictures, boxes, row].</returns>
    public string Decode(Func<Head, string> valueOf)
    {
        string[] heads = [.. network.Heads.Select(head => Decode(head.Id, YoloGeometry.Of(head, network), valueOf(head)))];
        return heads is [var only] ? only : graph.Emit("decode.Concat", "Concat", [.. heads], OnnxAttribute.Of("axis", 1));
    }

    /// <summary>What a head reads, anchor by anchor: [pictures, anchors, rows, columns, row].</summary>
    public string Map(string id, YoloGeometry head, string value)
    {
        var s = new NodeScope(graph, $"{id}.map", [value], [head.Input], head.Input);
        if (!graph.IsSizeOpen)
        {
            return s.Transpose(s.Reshape(value, 0, head.Anchors.Length, head.Row, head.Input.Height, head.Input.Width), 0, 1, 3, 4, 2);
        }

        // Of extents that are open one alone may be left to be found: rows and columns are taken from the value.
        string places = s.Emit("Slice", s.Emit("Shape", value), graph.Integers(2), graph.Integers(4), graph.Integers(0));
        string extents = s.Emit("Concat", [graph.Integers(0, head.Anchors.Length, head.Row), places], OnnxAttribute.Of("axis", 0));
        return s.Transpose(s.Emit("Reshape", value, extents), 0, 1, 3, 4, 2);
    }

    private string Decode(string id, YoloGeometry head, string value)
    {
        var s = new NodeScope(graph, id, [value], [head.Input], head.Input);

        // [pictures, anchors, row, places], then [pictures, anchors, places, row].
        string rows = s.Transpose(s.Reshape(value, 0, head.Anchors.Length, head.Row, -1), 0, 1, 3, 2);
        string centres = Part(s, rows, 0, SizeStart);
        string sizes = Part(s, rows, SizeStart, ObjectnessStart);
        string rest = Part(s, rows, ObjectnessStart, head.Row);

        string centre = Centre(s, head, head.IsActivated ? centres : s.Emit("Sigmoid", centres));
        string size = Size(s, head, head.IsSquared ? Square(head.IsActivated ? sizes : s.Emit("Sigmoid", sizes)) : s.Emit("Exp", sizes));
        string likely = head.IsActivated ? rest : s.Emit("Sigmoid", rest);
        string boxes = s.Emit("Concat", [centre, size, likely], OnnxAttribute.Of("axis", Last));
        return s.Reshape(boxes, 0, -1, head.Row);

        string Square(string value) => s.Emit("Mul", value, value);
    }

    private string Part(NodeScope s, string value, int start, int end) =>
        s.Emit("Slice", value, graph.Integers(start), graph.Integers(end), graph.Integers(Last));

    /// <summary>(stretched sigmoid + column or row) * stride.</summary>
    private string Centre(NodeScope s, YoloGeometry head, string sigmoid)
    {
        double stretch = -0.5 * (head.CentreScale - 1);
        if (!graph.IsSizeOpen)
        {
            string scaled = head.StrideX == head.StrideY
                ? s.Emit("Mul", sigmoid, head.CentreScale * head.StrideX)
                : s.Emit("Mul", sigmoid, PerPlace(s, "strides", head, (_, _) => (head.CentreScale * head.StrideX, head.CentreScale * head.StrideY)));
            return s.Emit("Add", scaled, PerPlace(s, "cells", head, (_, place) => CellOf(place)));
        }

        string inCells = s.Emit("Add", s.Linear(sigmoid, head.CentreScale, stretch), Cells(s));
        return s.Emit("Mul", inCells, graph.Weights($"{s.Name}.strides", Tensor.FromFloats((float)head.StrideX, (float)head.StrideY)));

        (double X, double Y) CellOf(int place)
        {
            (int row, int column) = Math.DivRem(place, head.Input.Width);
            return ((column + stretch) * head.StrideX, (row + stretch) * head.StrideY);
        }
    }

    /// <summary>exp(x) or 4 x^2 times the anchor.</summary>
    private string Size(NodeScope s, YoloGeometry head, string factor)
    {
        double four = head.IsSquared ? 4 : 1;
        return s.Emit("Mul", factor, PerPlace(s, "anchors", head, (anchor, _) => (four * head.Anchors[anchor].Width, four * head.Anchors[anchor].Height)));
    }

    /// <summary>
    /// A pair of numbers for each anchor and place: [1, anchors, places, 2], or one place for all where sizes are open. OpenCV
    /// repeats no constants along an axis.
    /// </summary>
    private string PerPlace(NodeScope s, string name, YoloGeometry head, Func<int, int, (double X, double Y)> pairOf)
    {
        int places = graph.IsSizeOpen ? 1 : head.Input.ElementsPerChannel;
        var shape = new Shape(1, head.Anchors.Length, places, 2);
        return graph.Weights($"{s.Name}.{name}", shape, () =>
        {
            float[] pairs = new float[shape.Count];
            for (int i = 0; i < pairs.Length; i += 2)
            {
                (int anchor, int place) = Math.DivRem(i / 2, places);
                (double x, double y) = pairOf(anchor, place);
                pairs[i] = (float)x;
                pairs[i + 1] = (float)y;
            }

            return Tensor.FromFloats(shape, pairs);
        });
    }

    /// <summary>Column and row of each place, [places, 2], for sizes that are known when the graph runs: places are counted.</summary>
    private string Cells(NodeScope s)
    {
        string shape = s.Emit("Shape", s.X);
        string height = s.Emit("Gather", shape, graph.Integer(2));
        string width = s.Emit("Gather", shape, graph.Integer(3));
        string places = s.Emit("Range", graph.Integer(0), s.Emit("Mul", height, width), graph.Integer(1));
        string row = s.Emit("Div", places, width);
        string column = s.Emit("Sub", places, s.Emit("Mul", row, width));
        string axis = graph.Integers(1);
        string pairs = s.Emit("Concat", [s.Emit("Unsqueeze", column, axis), s.Emit("Unsqueeze", row, axis)], OnnxAttribute.Of("axis", 1));
        return s.Emit("Cast", [pairs], OnnxAttribute.Of("to", (int)OnnxElementType.Float));
    }
}
