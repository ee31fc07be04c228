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

    private string Decode(string id, YoloGeometry head, string value)
    {
        var s = new NodeScope(graph, id, [value], [head.Input], head.Input);

        // [pictures, anchors, row, places], then [pictures, anchors, places, row].
        string rows = s.Transpose(s.Reshape(value, 0, head.Anchors.Length, head.Row, -1), 0, 1, 3, 2);
        string centres = Part(s, rows, 0, SizeStart);
        string sizes = Part(s, rows, SizeStart, ObjectnessStart);
        string rest = Part(s, rows, ObjectnessStart, head.Row);

        // (stretched sigmoid + column or row) * stride.
        double scale = head.CentreScale;
        string offset = s.Linear(head.IsActivated ? centres : s.Emit("Sigmoid", centres), scale, -0.5 * (scale - 1));
        string inCells = s.Emit("Add", offset, Cells(s, head));
        string centre = s.Emit("Mul", inCells, graph.Weights($"{id}.stride", Tensor.FromFloats((float)head.StrideX, (float)head.StrideY)));

        string factor = head.IsActivated ? s.Emit("Mul", s.Emit("Mul", sizes, sizes), 4) : s.Emit("Exp", sizes);
        string size = s.Emit("Mul", factor, graph.Weights($"{id}.anchors", new Shape(1, head.Anchors.Length, 1, 2), () => AnchorsOf(head)));

        string likely = head.IsActivated ? rest : s.Emit("Sigmoid", rest);
        string boxes = s.Emit("Concat", [centre, size, likely], OnnxAttribute.Of("axis", Last));
        return s.Reshape(boxes, 0, -1, head.Row);
    }

    private string Part(NodeScope s, string value, int start, int end) =>
        s.Emit("Slice", value, graph.Integers(start), graph.Integers(end), graph.Integers(Last));

    /// <summary>Column and row of each place: [places, 2].</summary>
    private string Cells(NodeScope s, YoloGeometry head)
    {
        if (!graph.IsSizeOpen)
        {
            return graph.Weights($"{s.Name}.cells", new Shape(head.Input.ElementsPerChannel, 2), () => CellsOf(head.Input));
        }

        // Shapes are known when the graph runs: places are counted, and column and row follow from the width.
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

    private static Tensor CellsOf(Shape map)
    {
        float[] cells = new float[2 * map.ElementsPerChannel];
        for (int place = 0; place < map.ElementsPerChannel; place++)
        {
            (int row, int column) = Math.DivRem(place, map.Width);
            cells[2 * place] = column;
            cells[(2 * place) + 1] = row;
        }

        return Tensor.FromFloats(new Shape(map.ElementsPerChannel, 2), cells);
    }

    private static Tensor AnchorsOf(YoloGeometry head) => Tensor.FromFloats(
        new Shape(1, head.Anchors.Length, 1, 2), [.. head.Anchors.SelectMany(static anchor => (float[])[(float)anchor.Width, (float)anchor.Height])]);
}
