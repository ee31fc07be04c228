using PluginPrune.Contracts.Operations;
using PluginPrune.FormatOnnx.Reading.Constants;
using PluginPrune.FormatOnnx.Reading.Graph;

namespace PluginPrune.FormatOnnx.Reading.Operators;

/// <summary>Maxima and means, in windows and of whole channels.</summary>
internal static class Pools
{
    public static bool TryRead(OperatorScope s)
    {
        if (s[0] is not Value { IsMap: true })
        {
            return false;
        }

        switch (s.Operation)
        {
            case "GlobalAveragePool":
                s.Give(new GlobalAveragePool(), s.X);
                return true;
            case "GlobalMaxPool":
                s.Give(new GlobalMaxPool(), s.X);
                return true;
            case "ReduceMean" or "ReduceMax":
                return TryReadReduction(s);
            default:
                return TryReadWindow(s);
        }
    }

    private static bool TryReadWindow(OperatorScope s)
    {
        Value x = s.X;
        bool isMaximum = s.Operation == "MaxPool";
        Extent kernel = Windows.ExtentOf(s, "kernel_shape") ?? throw s.Fault("it says no kernel_shape.");
        var window = Windows.Of(s, kernel, new Extent(x.Shape.Height, x.Shape.Width));
        bool countsPadding = s.Integer("count_include_pad", 0) != 0;
        if (window.Dilation != Extent.Square(1) || s.Integer("storage_order", 0) != 0 || (s.Node.Outputs.Length > 1 && s.Graph.IsRead(s.Node.Outputs[1])))
        {
            return false;
        }

        Padding padding = window.Padding;
        if (s.Integer("ceil_mode", 0) != 0)
        {
            padding = padding with
            {
                Bottom = padding.Bottom + Missing(x.Shape.Height, padding.Top, padding.Bottom, kernel.Height, window.Stride.Height),
                Right = padding.Right + Missing(x.Shape.Width, padding.Left, padding.Right, kernel.Width, window.Stride.Width),
            };
        }

        // What the last window lacks is not counted; a pool that counts its padding would count it.
        if ((padding != window.Padding && countsPadding && !isMaximum) || Math.Max(padding.Top, padding.Bottom) >= kernel.Height || Math.Max(padding.Left, padding.Right) >= kernel.Width)
        {
            return false;
        }

        s.Give(isMaximum ? new MaxPool(kernel, window.Stride, padding) : new AveragePool(kernel, window.Stride, padding) { CountsPadding = countsPadding }, x);
        return true;
    }

    // How much must be added for a last window that is not full. One that would begin behind the map is none.
    private static int Missing(int extent, int before, int behind, int kernel, int stride)
    {
        int room = extent + before + behind - kernel;
        return room < 0 || room % stride == 0 || ((room / stride) + 1) * stride >= extent + before ? 0 : stride - (room % stride);
    }

    private static bool TryReadReduction(OperatorScope s)
    {
        int[] axes = [.. (s.IntegersAt(1, "axes") ?? []).Select(static axis => Axes.Normalize(axis, 4)).Order()];
        if (axes is not [2, 3])
        {
            return false;
        }

        Operation pool = s.Operation == "ReduceMean" ? new GlobalAveragePool() : new GlobalMaxPool();
        if (s.Integer("keepdims", 1) != 0)
        {
            s.Give(pool, s.X);
        }
        else
        {
            s.Give(new Flatten(), s.Emit("pool", pool, s.X));
        }

        return true;
    }
}
