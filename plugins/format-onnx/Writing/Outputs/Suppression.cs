using PluginPrune.Contracts.Networks;
using PluginPrune.FormatOnnx.Model;

namespace PluginPrune.FormatOnnx.Writing.Outputs;

/// <summary>
/// Suppresses overlapping boxes class by class with ONNX's own operator. A row of what is found tells the picture, the corners x1, y1,
/// x2, y2 in pixels of the input, the score (objectness times probability) and the class.
/// </summary>
internal sealed class Suppression(GraphBuilder graph, OnnxOptions options)
{
    /// <summary>How many numbers a detection has.</summary>
    public const int Row = 7;

    private const int Last = 2;
    private const int SizeStart = 2;
    private const int ObjectnessStart = 4;
    private const int ClassStart = 5;

    // What the operator takes for a box: centre, width and height.
    private const int CentreBoxes = 1;

    /// <param name="boxes">[pictures, boxes, x y w h objectness classes...].</param>
    /// <returns>[found, 7].</returns>
    public string Write(string boxes)
    {
        string places = Part(boxes, 0, ObjectnessStart, "places");
        string scores = Emit("Mul", Part(boxes, ObjectnessStart, ClassStart, "objectness"), Part(boxes, ClassStart, int.MaxValue, "classes"));
        string byClass = graph.Emit("nms.Transpose", "Transpose", [scores], OnnxAttribute.Of("perm", [0, 2, 1]));
        string found = graph.Emit(
            "nms.found",
            "NonMaxSuppression",
            [places, byClass, graph.Integers(options.NmsMax), Number("iou", options.NmsIou), Number("score", options.NmsConf)],
            OnnxAttribute.Of("center_point_box", CentreBoxes));

        // Of [picture, class, box] each.
        string picture = Column(found, 0);
        string kind = Column(found, 1);
        string place = Column(found, 2);
        string box = Emit("GatherND", places, Concat("nms.box index", picture, place));
        string score = Emit("GatherND", byClass, Concat("nms.score index", picture, kind, place));
        string centre = Columns(box, 0, SizeStart);
        string half = Emit("Mul", Columns(box, SizeStart, ObjectnessStart), graph.Number(0.5));
        return Concat(
            "nms.detections",
            graph.Cast("nms.picture", picture, OnnxElementType.Float),
            Emit("Sub", centre, half),
            Emit("Add", centre, half),
            Emit("Unsqueeze", score, graph.Integers(1)),
            graph.Cast("nms.class", kind, OnnxElementType.Float));
    }

    private string Part(string value, int start, int end, string name) =>
        graph.Emit($"nms.{name}", "Slice", [value, graph.Integers(start), graph.Integers(end), graph.Integers(Last)]);

    private string Column(string value, int index) => Columns(value, index, index + 1);

    private string Columns(string value, int start, int end) => Emit("Slice", value, graph.Integers(start), graph.Integers(end), graph.Integers(1));

    private string Number(string name, double value) => graph.Singles($"nms.{name}", Tensor.FromFloats((float)value));

    private string Concat(string name, params string[] parts) => graph.Emit(name, "Concat", [.. parts], OnnxAttribute.Of("axis", 1));

    private string Emit(string operation, params string[] inputs) => graph.Emit($"nms.{operation}", operation, [.. inputs]);
}
