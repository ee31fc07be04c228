using System.Collections.Immutable;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatOnnx.Reading.Constants;
using PluginPrune.FormatOnnx.Reading.Graph;

namespace PluginPrune.FormatOnnx.Reading.Operators;

/// <summary>What pools with odd settings and transposed convolutions give.</summary>
internal static class KeptWindows
{
    public static ImmutableArray<KeptOutput>? Infer(OperatorScope s, Operand x, Operand?[] operands)
    {
        bool isTransposed = s.Operation == "ConvTranspose";
        Extent? kernel = isTransposed && operands[1] is { Rank: 4 } weight ? new Extent(weight.Extents[2], weight.Extents[3]) : Windows.ExtentOf(s, "kernel_shape");
        if (kernel is not { } size || (isTransposed && (s.Text("auto_pad", "NOTSET") != "NOTSET" || s.Integers("output_shape") is { Count: > 0 })))
        {
            return null;
        }

        var window = Windows.Of(s, size, new Extent(x.Extents[2], x.Extents[3]));
        Padding padding = window.Padding;
        if (isTransposed)
        {
            (long extraRows, long extraColumns) = s.Integers("output_padding") is [var rows, var columns] ? (rows, columns) : (0, 0);
            return
            [
                new(
                    [
                        x.Extents[0],
                        checked(operands[1]!.Extents[1] * (int)s.Integer("group", 1)),
                        Widen(x.Extents[2], size.Height, window.Stride.Height, window.Dilation.Height, padding.Top + padding.Bottom, extraRows),
                        Widen(x.Extents[3], size.Width, window.Stride.Width, window.Dilation.Width, padding.Left + padding.Right, extraColumns),
                    ],
                    x.Type),
            ];
        }

        bool isCeiling = s.Integer("ceil_mode", 0) != 0;
        return s.Node.Outputs.Length > 1 && s.Graph.IsRead(s.Node.Outputs[1])
            ? null
            : [new(
                [
                    x.Extents[0],
                    x.Extents[1],
                    Slide(x.Extents[2], size.Height, window.Stride.Height, window.Dilation.Height, padding.Top, padding.Bottom, isCeiling),
                    Slide(x.Extents[3], size.Width, window.Stride.Width, window.Dilation.Width, padding.Left, padding.Right, isCeiling),
                ],
                x.Type)];
    }

    private static int Widen(int extent, int kernel, int stride, int dilation, int padding, long extra) =>
        checked((int)(((long)stride * (extent - 1)) + extra + ((long)dilation * (kernel - 1)) + 1 - padding));

    private static int Slide(int extent, int kernel, int stride, int dilation, int before, int behind, bool isCeiling)
    {
        long room = (long)extent + before + behind - (((long)dilation * (kernel - 1)) + 1);
        long places = (room / stride) + 1;

        // A last window that is not full counts, unless it begins behind the map.
        return checked((int)(isCeiling && room % stride != 0 && places * stride < (long)extent + before ? places + 1 : places));
    }
}
