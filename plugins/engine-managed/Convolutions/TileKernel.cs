using System.Numerics;
using System.Runtime.Intrinsics;

namespace PluginPrune.EngineManaged.Convolutions;

/// <summary>
/// The innermost product: a tile of <see cref="Rows"/> x <see cref="Columns"/> sums that stay in registers over the whole depth.
/// Each sum is built in the order of the depth, so its value does not depend on the tile's form.
/// </summary>
internal abstract class TileKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The fastest on this processor.</summary>
    public static TileKernel<T> Best =>
        Vector512.IsHardwareAccelerated ? new WideTileKernel<T>() : new NarrowTileKernel<T>();

    public abstract int Rows { get; }

    public abstract int Columns { get; }

    /// <summary>Computes one tile.</summary>
    /// <param name="depth">How many products make a sum.</param>
    /// <param name="left">[depth, Rows].</param>
    /// <param name="right">[depth, Columns].</param>
    /// <param name="target">Where the tile goes: Rows lines of Columns elements.</param>
    /// <param name="stride">From one line of the target to the next.</param>
    /// <param name="adds">Whether the sums are added to what the target holds, or replace it.</param>
    public abstract unsafe void Multiply(int depth, T* left, T* right, T* target, nint stride, bool adds);
}
