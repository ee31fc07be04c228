using PluginPrune.Contracts.Options;

namespace PluginPrune.FormatOnnx;

/// <summary>The options of the ONNX format.</summary>
public sealed class OnnxOptions
{
    /// <summary>The version of the standard operators that the file is written for.</summary>
    /// <value>The default is 13, which every runtime of the last years takes; later where operators of a file that was read need it.</value>
    [Option("Version of the ONNX operators to write for [default: 13, later where a file that was read needs it]", Minimum = 13, Maximum = 21)]
    public int? Opset { get; init; }

    /// <summary>What the file gives.</summary>
    /// <value>The default is as in the file that was read, where its decoding of boxes is known, else <see cref="OutputForm.Raw"/>.</value>
    [Option("What the file gives: what the heads read; boxes [N, boxes, x y w h objectness classes...] in pixels of the input; or either as releases of YOLOv5 export them [default: as the ONNX file that was read, else raw]")]
    public OutputForm? Outputs { get; init; }

    /// <summary>Names of the outputs, joined by commas; as many as there are.</summary>
    /// <value>The default is none: raw outputs bear the names of their values, decoded ones are called 'boxes'.</value>
    [Option("Names of the outputs, joined by commas")]
    public string? OutputNames { get; init; }

    /// <summary>Whether batch normalization stays an operator of its own.</summary>
    /// <value>The default is as in the file that was read, else it is folded into the convolution before it.</value>
    [Option("Keep batch normalization beside the convolution instead of folding it in [default: as in the ONNX file that was read, else false]")]
    public bool? KeepBn { get; init; }

    /// <summary>Whether weights and what is computed are of half precision. What goes in and comes out, and boxes, stay in single precision.</summary>
    /// <value>The default is false.</value>
    [Option("Weights and layers in half precision; inputs, outputs and boxes stay in single")]
    public bool Half { get; init; }

    /// <summary>Whether overlapping boxes are suppressed in the file, class by class.</summary>
    /// <value>The default is false.</value>
    [Option("Suppress overlapping boxes in the file: it gives detections [found, picture x1 y1 x2 y2 score class]")]
    public bool Nms { get; init; }

    /// <summary>Above which overlap (IoU) with a better one of its class a box is suppressed.</summary>
    /// <value>The default is 0.45, as YOLOv5 detects with.</value>
    [Option("With --nms: boxes that overlap a better one of their class by more go", Minimum = 0, Maximum = 1)]
    public double NmsIou { get; init; } = 0.45;

    /// <summary>The least score, objectness times probability, of a detection.</summary>
    /// <value>The default is 0.25, as YOLOv5 detects with.</value>
    [Option("With --nms: the least score", Minimum = 0, Maximum = 1)]
    public double NmsConf { get; init; } = 0.25;

    /// <summary>How many detections of one class a picture has at most.</summary>
    /// <value>The default is 300.</value>
    [Option("With --nms: the most detections of a class in a picture", Minimum = 1)]
    public int NmsMax { get; init; } = 300;

    /// <summary>Whether the file takes any number of pictures at once.</summary>
    /// <value>The default is as in the file that was read, else one.</value>
    [Option("Take any number of pictures at once instead of one [default: as in the ONNX file that was read, else false]")]
    public bool? DynamicBatch { get; init; }

    /// <summary>How many pictures the file takes at once, no more and no fewer.</summary>
    /// <value>The default is as in the file that was read, else one. No file of more could be read again.</value>
    [Option("Take so many pictures at once, no more and no fewer [default: as in the ONNX file that was read, else 1]", Minimum = 1, Maximum = 4096)]
    public int? FixedBatch { get; init; }

    /// <summary>Whether the file takes pictures of other sizes, multiples of the network's stride.</summary>
    /// <value>The default is false: the network's own size.</value>
    [Option("Take pictures of any size that the network's stride divides")]
    public bool DynamicSize { get; init; }

    /// <summary>Of a file that is read and leaves height and width open: for which pictures it is read.</summary>
    /// <value>The default is what the file's metadata say.</value>
    [Option("Side, or WIDTHxHEIGHT, of the pictures where a file that is read leaves it open")]
    public string? OpenSize { get; init; }

    /// <summary>Of a file that is read: the mean of each channel, red first, of pixels scaled to 0..1.</summary>
    /// <value>The default is what the file's metadata say, else none.</value>
    [Option("Mean that is taken off red, green and blue, of 0 to 1, where a file that is read does not tell it")]
    public string? Mean { get; init; }

    /// <summary>Of a file that is read: the standard deviation of each channel, red first.</summary>
    /// <value>The default is what the file's metadata say, else none.</value>
    [Option("Standard deviation that red, green and blue are divided by, where a file that is read does not tell it")]
    public string? Std { get; init; }
}
