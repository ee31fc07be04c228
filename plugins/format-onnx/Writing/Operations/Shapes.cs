using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatOnnx.Model;

namespace PluginPrune.FormatOnnx.Writing.Operations;

/// <summary>Parts of values, values made larger, and values of different shapes brought together.</summary>
internal static class Shapes
{
    private const int Channels = 1;
    private const int Rows = 2;
    private const int Columns = 3;

    /// <summary>Channels from one on.</summary>
    public static string Slice(int start, NodeScope s) =>
        s.Emit("Slice", s.X, s.Graph.Integers(start), s.Graph.Integers(start + s.Output.Channels), s.Graph.Integers(Channels));

    /// <summary>Channels of zeros around those of the input; the batch comes before them.</summary>
    public static string Pad(ChannelPadding padding, NodeScope s)
    {
        long[] sides = new long[2 * (s.Input.Rank + 1)];
        sides[Channels] = padding.Before;
        sides[s.Input.Rank + 1 + Channels] = padding.After;
        return s.Emit("Pad", s.X, s.Graph.Integers(sides));
    }

    public static string Crop(CenterCrop crop, NodeScope s)
    {
        if (s.Input == s.Output)
        {
            return s.Linear(s.X, crop.Scale, crop.Offset);
        }

        int top = (s.Input.Height - crop.Size.Height) / 2;
        int left = (s.Input.Width - crop.Size.Width) / 2;
        string middle = s.Emit(
            "Slice",
            s.X,
            s.Graph.Integers(top, left),
            s.Graph.Integers(top + crop.Size.Height, left + crop.Size.Width),
            s.Graph.Integers(Rows, Columns));
        return s.Linear(middle, crop.Scale, crop.Offset);
    }

    public static string Upsample(int factor, NodeScope s) => factor == 1 ? s.X : s.Emit(
        "Resize",
        [s.X, string.Empty, s.Graph.Singles($"{s.Name}.scales", Tensor.FromFloats(1, 1, factor, factor))],
        OnnxAttribute.Of("mode", "nearest"),
        OnnxAttribute.Of("coordinate_transformation_mode", "asymmetric"),
        OnnxAttribute.Of("nearest_mode", "floor"));

    public static string Multiply(NodeScope s)
    {
        (Shape value, Shape factor) = (s.Inputs[0], s.Inputs[1]);
        if (value.Rank == factor.Rank)
        {
            return s.Emit("Mul", s.Values);
        }

        // Axes are matched from the last one on: the factor's must stand where the value's stand.
        long[] extents = [0, .. Enumerable.Range(0, value.Rank).Select(axis => axis < factor.Rank ? (long)factor[axis] : 1)];
        return s.Emit("Mul", s.X, s.Reshape(s.Values[1], extents));
    }
}
