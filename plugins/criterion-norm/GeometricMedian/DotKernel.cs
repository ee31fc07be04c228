using System.Runtime.Intrinsics;

namespace PluginPrune.CriterionNorm.GeometricMedian;

/// <summary>
/// Inner products of four rows with four others. Each is made in one order of additions, wherever its rows lie, so that equal
/// rows give equal products and lie at a distance of exactly 0.
/// </summary>
internal abstract class DotKernel
{
    /// <summary>How many rows are taken of either side.</summary>
    public const int Side = 4;

    /// <summary>Lengths are multiples of this.</summary>
    public const int Step = 16;

    /// <summary>The fastest on this processor.</summary>
    public static DotKernel Best => Vector512.IsHardwareAccelerated ? new WideDotKernel() : new NarrowDotKernel();

    /// <summary>The next multiple.</summary>
    public static int RoundUp(int count, int of) => (count + of - 1) / of * of;

    /// <summary>Adds the sixteen products to what is there.</summary>
    /// <param name="left">The first of the four rows on the left.</param>
    /// <param name="right">The first of the four rows on the right.</param>
    /// <param name="stride">From one row to the next, on both sides.</param>
    /// <param name="length">How much of each row counts; a multiple of <see cref="Step"/>.</param>
    /// <param name="products">The product of the first two rows.</param>
    /// <param name="lineStride">From the products of one row on the left to those of the next.</param>
    public abstract void Add(ref float left, ref float right, nuint stride, nuint length, ref double products, nuint lineStride);
}
