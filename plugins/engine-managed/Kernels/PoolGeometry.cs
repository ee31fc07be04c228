using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.EngineManaged.Kernels;

/// <summary>A window that slides over planes.</summary>
internal sealed record PoolGeometry(Extent Kernel, Extent Stride, Padding Padding, Shape Input, Shape Output)
{
    /// <summary>The rows of the input under the window of an output row.</summary>
    public (int Start, int End) Rows(int outputRow) =>
        Clip((outputRow * Stride.Height) - Padding.Top, Kernel.Height, Input.Height);

    /// <summary>The columns of the input under the window of an output column.</summary>
    public (int Start, int End) Columns(int outputColumn) =>
        Clip((outputColumn * Stride.Width) - Padding.Left, Kernel.Width, Input.Width);

    private static (int Start, int End) Clip(int start, int length, int extent) =>
        (Math.Max(start, 0), Math.Min(start + length, extent));
}
