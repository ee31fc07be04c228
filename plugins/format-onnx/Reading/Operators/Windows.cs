using PluginPrune.Contracts.Operations;
using PluginPrune.FormatOnnx.Reading.Graph;

namespace PluginPrune.FormatOnnx.Reading.Operators;

/// <summary>How a window goes over a map: what convolutions and pools say alike.</summary>
/// <param name="Stride">Its step.</param>
/// <param name="Dilation">The distance of its taps.</param>
/// <param name="Padding">What is added around the map.</param>
internal readonly record struct Windows(Extent Stride, Extent Dilation, Padding Padding)
{
    /// <summary>Reads it.</summary>
    /// <param name="s">The operator.</param>
    /// <param name="kernel">The window.</param>
    /// <param name="map">Rows and columns of the map.</param>
    /// <exception cref="OnnxFileException">It is not for two dimensions, or nonsense.</exception>
    public static Windows Of(OperatorScope s, Extent kernel, Extent map)
    {
        Extent stride = ExtentOf(s, "strides") ?? Extent.Square(1);
        Extent dilation = ExtentOf(s, "dilations") ?? Extent.Square(1);
        if (ExtentOf(s, "kernel_shape") is { } said && said != kernel)
        {
            throw s.Fault($"its kernel_shape is {said}, its weight's {kernel}.");
        }

        string automatic = s.Text("auto_pad", "NOTSET");
        return automatic switch
        {
            "NOTSET" => new Windows(stride, dilation, PaddingOf(s)),
            "VALID" => new Windows(stride, dilation, default),
            "SAME_UPPER" or "SAME_LOWER" => new Windows(stride, dilation, Same(automatic == "SAME_UPPER", kernel, map, stride, dilation)),
            _ => throw s.Fault($"its auto_pad is '{automatic}'; NOTSET, VALID, SAME_UPPER and SAME_LOWER are known."),
        };
    }

    /// <summary>A list of two numbers of at least 1, or null.</summary>
    public static Extent? ExtentOf(OperatorScope s, string attribute) => s.Integers(attribute) switch
    {
        null or [] => null,
        [var height, var width] when height is > 0 and <= int.MaxValue && width is > 0 and <= int.MaxValue => new Extent((int)height, (int)width),
        var other => throw s.Fault($"its {attribute} are [{string.Join(", ", other)}]; two numbers of at least 1 were wanted."),
    };

    private static Padding PaddingOf(OperatorScope s) => s.Integers("pads") switch
    {
        null or [] => default,
        [var top, var left, var bottom, var right] pads when pads.TrueForAll(static pad => pad is >= 0 and <= ushort.MaxValue) => new Padding((int)top, (int)left, (int)bottom, (int)right),
        var other => throw s.Fault($"its pads are [{string.Join(", ", other)}]; four numbers of at least 0 were wanted."),
    };

    // As many places come out as strides fit into the map; what is odd is added behind, or before.
    private static Padding Same(bool isUpper, Extent kernel, Extent map, Extent stride, Extent dilation)
    {
        (int top, int bottom) = Along(map.Height, kernel.Height, stride.Height, dilation.Height);
        (int left, int right) = Along(map.Width, kernel.Width, stride.Width, dilation.Width);
        return new Padding(top, left, bottom, right);

        (int Before, int Behind) Along(int extent, int window, int step, int distance)
        {
            long places = ((long)extent + step - 1) / step;
            int all = (int)Math.Max(0, ((places - 1) * step) + ((long)distance * (window - 1)) + 1 - extent);
            return isUpper ? (all / 2, all - (all / 2)) : (all - (all / 2), all / 2);
        }
    }
}
