using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.FormatOnnx.Writing.Outputs;

/// <summary>What a head of kind 'yolo' or 'yolov5' says of its boxes.</summary>
/// <param name="Input">The value that it reads: [anchors * row, height, width].</param>
/// <param name="Anchors">Width and height of each anchor, in pixels of the network's input.</param>
/// <param name="Classes">How many classes there are.</param>
/// <param name="CentreScale">How far the sigmoid of a centre is stretched around 0.5 ('scale_x_y').</param>
/// <param name="IsActivated">Whether what the head reads has been through a sigmoid ('new_coords').</param>
/// <param name="IsSquared">Whether sizes are 4 x^2 of the activated x, in place of exp(x).</param>
/// <param name="StrideX">How many pixels of the network's input a column takes.</param>
/// <param name="StrideY">How many pixels of the network's input a row takes.</param>
internal sealed record YoloGeometry(
    Shape Input, ImmutableArray<(double Width, double Height)> Anchors, int Classes, double CentreScale, bool IsActivated, bool IsSquared, double StrideX, double StrideY)
{
    private const string Kind = "yolo";
    private const string Yolov5 = "yolov5";

    private const int BoxAndObjectness = 5;

    /// <summary>How many numbers a box has.</summary>
    public int Row => BoxAndObjectness + Classes;

    /// <summary>How many boxes there are.</summary>
    public int Boxes => Anchors.Length * Input.ElementsPerChannel;

    /// <summary>How many numbers a box of a head has, as the head says.</summary>
    public static double RowOf(Head head) => BoxAndObjectness + head.Number("classes", 0);

    public static YoloGeometry Of(Head head, Network network)
    {
        Shape input = network.ShapeOf(head.Input);
        Shape picture = network.Inputs[0].Shape;
        bool isYolov5 = head.Kind == Yolov5;
        bool isActivated = !isYolov5 && head.Number("new_coords", 0) != 0;
        return new YoloGeometry(
            input,
            AnchorsOf(head),
            (int)head.Number("classes", 0),
            isYolov5 ? 2 : head.Number("scale_x_y", 1),
            isActivated,
            isYolov5 || isActivated,
            (double)picture.Width / input.Width,
            (double)picture.Height / input.Height);
    }

    /// <summary>Says why a head cannot be decoded, or null.</summary>
    public static string? FindFault(Head head, Network network)
    {
        if (head.Kind is not (Kind or Yolov5))
        {
            return $"its boxes cannot be decoded: its kind is '{head.Kind}', and only '{Kind}' and '{Yolov5}' can. Write raw outputs.";
        }

        double classes = head.Number("classes", 0);
        if (network.ShapeOf(head.Input).Rank != 3 || !(classes >= 1) || classes != Math.Truncate(classes) || AnchorsOf(head).IsEmpty)
        {
            return "it does not say its anchors and classes. Write raw outputs.";
        }

        YoloGeometry geometry = Of(head, network);
        return geometry.Input.Channels == geometry.Anchors.Length * geometry.Row
            ? null
            : $"it has {geometry.Anchors.Length} anchors and {geometry.Classes} classes and reads {geometry.Input.Channels} channels where {geometry.Anchors.Length * geometry.Row} are wanted. Write raw outputs.";
    }

    private static ImmutableArray<(double Width, double Height)> AnchorsOf(Head head)
    {
        if (!head.Parameters.TryGetValue("anchors", out ImmutableArray<double> numbers) || numbers.Length < 2)
        {
            return [];
        }

        int count = numbers.Length / 2;
        IEnumerable<int> mask = head.Parameters.TryGetValue("mask", out ImmutableArray<double> picked) && picked.Length > 0
            ? picked.Select(static index => (int)index)
            : Enumerable.Range(0, count);
        return mask.All(index => index >= 0 && index < count) ? [.. mask.Select(index => (numbers[2 * index], numbers[(2 * index) + 1]))] : [];
    }
}
