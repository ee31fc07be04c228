using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Operations;

/// <summary>The arithmetic of a window that slides over a feature map; convolution and pooling share it.</summary>
internal static class Window
{
    /// <summary>
    /// out = floor((in + padding before + padding after - (dilation (kernel - 1) + 1)) / stride) + 1, along both sides.
    /// </summary>
    public static Shape Slide(Shape input, int channels, Extent kernel, Extent stride, Padding padding, Extent dilation) =>
        new(
            channels,
            Along("high", input.Height, padding.Top + padding.Bottom, kernel.Height, stride.Height, dilation.Height),
            Along("wide", input.Width, padding.Left + padding.Right, kernel.Width, stride.Width, dilation.Width));

    private static int Along(string side, int extent, int padding, int kernel, int stride, int dilation)
    {
        if (stride < 1 || kernel < 1 || dilation < 1 || padding < 0)
        {
            throw new ShapeException($"kernel {kernel}, stride {stride} and dilation {dilation} must be at least 1 and padding {padding} at least 0.");
        }

        long reach = ((long)dilation * (kernel - 1)) + 1;
        long room = (long)extent + padding - reach;
        return room >= 0
            ? checked((int)(room / stride)) + 1
            : throw new ShapeException($"its window is {reach} {side}, its padded input only {(long)extent + padding}.");
    }
}
