using System.Numerics;
using System.Runtime.CompilerServices;

namespace PluginPrune.EngineManaged.Convolutions;

/// <summary>6 rows x 2 vectors: 12 sums, 2 columns and a factor fit into the 16 registers of AVX2.</summary>
internal sealed class NarrowTileKernel<T> : TileKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override int Rows => 6;

    public override int Columns => 2 * Vector<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override unsafe void Multiply(int depth, T* left, T* right, T* target, nint stride, bool adds)
    {
        Vector<T> sum00 = Vector<T>.Zero;
        Vector<T> sum01 = Vector<T>.Zero;
        Vector<T> sum10 = Vector<T>.Zero;
        Vector<T> sum11 = Vector<T>.Zero;
        Vector<T> sum20 = Vector<T>.Zero;
        Vector<T> sum21 = Vector<T>.Zero;
        Vector<T> sum30 = Vector<T>.Zero;
        Vector<T> sum31 = Vector<T>.Zero;
        Vector<T> sum40 = Vector<T>.Zero;
        Vector<T> sum41 = Vector<T>.Zero;
        Vector<T> sum50 = Vector<T>.Zero;
        Vector<T> sum51 = Vector<T>.Zero;
        for (int i = 0; i < depth; i++)
        {
            Vector<T> right0 = Vector.Load(right);
            Vector<T> right1 = Vector.Load(right + Vector<T>.Count);

            Vector<T> factor = Vector.Create(left[0]);
            sum00 = FusedMath.MultiplyAdd(factor, right0, sum00);
            sum01 = FusedMath.MultiplyAdd(factor, right1, sum01);
            factor = Vector.Create(left[1]);
            sum10 = FusedMath.MultiplyAdd(factor, right0, sum10);
            sum11 = FusedMath.MultiplyAdd(factor, right1, sum11);
            factor = Vector.Create(left[2]);
            sum20 = FusedMath.MultiplyAdd(factor, right0, sum20);
            sum21 = FusedMath.MultiplyAdd(factor, right1, sum21);
            factor = Vector.Create(left[3]);
            sum30 = FusedMath.MultiplyAdd(factor, right0, sum30);
            sum31 = FusedMath.MultiplyAdd(factor, right1, sum31);
            factor = Vector.Create(left[4]);
            sum40 = FusedMath.MultiplyAdd(factor, right0, sum40);
            sum41 = FusedMath.MultiplyAdd(factor, right1, sum41);
            factor = Vector.Create(left[5]);
            sum50 = FusedMath.MultiplyAdd(factor, right0, sum50);
            sum51 = FusedMath.MultiplyAdd(factor, right1, sum51);

            left += 6;
            right += 2 * Vector<T>.Count;
        }

        if (adds)
        {
            T* line = target;
            sum00 += Vector.Load(line);
            sum01 += Vector.Load(line + Vector<T>.Count);
            line += stride;
            sum10 += Vector.Load(line);
            sum11 += Vector.Load(line + Vector<T>.Count);
            line += stride;
            sum20 += Vector.Load(line);
            sum21 += Vector.Load(line + Vector<T>.Count);
            line += stride;
            sum30 += Vector.Load(line);
            sum31 += Vector.Load(line + Vector<T>.Count);
            line += stride;
            sum40 += Vector.Load(line);
            sum41 += Vector.Load(line + Vector<T>.Count);
            line += stride;
            sum50 += Vector.Load(line);
            sum51 += Vector.Load(line + Vector<T>.Count);
        }

        Store(target, sum00, sum01);
        Store(target + stride, sum10, sum11);
        Store(target + (2 * stride), sum20, sum21);
        Store(target + (3 * stride), sum30, sum31);
        Store(target + (4 * stride), sum40, sum41);
        Store(target + (5 * stride), sum50, sum51);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Store(T* line, Vector<T> sum0, Vector<T> sum1)
    {
        Vector.Store(sum0, line);
        Vector.Store(sum1, line + Vector<T>.Count);
    }
}
