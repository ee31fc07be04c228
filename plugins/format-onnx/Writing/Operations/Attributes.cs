using System.Collections.Immutable;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.FormatOnnx.Writing.Operations;

/// <summary>Extents as ONNX lists them.</summary>
internal static class Attributes
{
    public static ImmutableArray<int> Of(Extent extent) => [extent.Height, extent.Width];

    /// <summary>What stands before, axis by axis, then what stands behind.</summary>
    public static ImmutableArray<int> Of(Padding padding) => [padding.Top, padding.Left, padding.Bottom, padding.Right];
}
