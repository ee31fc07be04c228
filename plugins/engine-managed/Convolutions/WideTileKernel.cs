using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
namespace PluginPrune.EngineManaged.Convolutions;

/// <summary>8 rows x 3 vectors of 512 bits: 24 sums, 3 columns and a factor fit into the 32 registers of AVX-512.</summary>
internal sealed class WideTileKernel<T> : TileKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override int Rows => 8;

    public override int Columns => 3 * Vector512<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override unsafe void Multiply(int depth, T* left, T* right, T* target, nint stride, bool adds)
    {
        Vector512<T> sum00 = Vector512<T>.Zero;
        Vector512<T> sum01 = Vector512<T>.Zero;
        Vector512<T> sum02 = Vector512<T>.Zero;
        Vector512<T> sum10 = Vector512<T>.Zero;
        Vector512<T> sum11 = Vector512<T>.Zero;
        Vector512<T> sum12 = Vector512<T>.Zero;
        Vector512<T> sum20 = Vector512<T>.Zero;
        Vector512<T> sum21 = Vector512<T>.Zero;
        Vector512<T> sum22 = Vector512<T>.Zero;
        Vector512<T> sum30 = Vector512<T>.Zero;
        Vector512<T> sum31 = Vector512<T>.Zero;
        Vector512<T> sum32 = Vector512<T>.Zero;
        Vector512<T> sum40 = Vector512<T>.Zero;
        Vector512<T> sum41 = Vector512<T>.Zero;
        Vector512<T> sum42 = Vector512<T>.Zero;
        Vector512<T> sum50 = Vector512<T>.Zero;
        Vector512<T> sum51 = Vector512<T>.Zero;
        Vector512<T> sum52 = Vector512<T>.Zero;
        Vector512<T> sum60 = Vector512<T>.Zero;
        Vector512<T> sum61 = Vector512<T>.Zero;
        Vector512<T> sum62 = Vector512<T>.Zero;
        Vector512<T> sum70 = Vector512<T>.Zero;
        Vector512<T> sum71 = Vector512<T>.Zero;
        Vector512<T> sum72 = Vector512<T>.Zero;
        for (int i = 0; i < depth; i++)
        {
            Vector512<T> right0 = Vector512.Load(right);
            Vector512<T> right1 = Vector512.Load(right + Vector512<T>.Count);
            Vector512<T> right2 = Vector512.Load(right + (2 * Vector512<T>.Count));

            Vector512<T> factor = Vector512.Create(left[0]);
            sum00 = FusedMath.MultiplyAdd(factor, right0, sum00);
            sum01 = FusedMath.MultiplyAdd(factor, right1, sum01);
            sum02 = FusedMath.MultiplyAdd(factor, right2, sum02);
            factor = Vector512.Create(left[1]);
            sum10 = FusedMath.MultiplyAdd(factor, right0, sum10);
            sum11 = FusedMath.MultiplyAdd(factor, right1, sum11);
            sum12 = FusedMath.MultiplyAdd(factor, right2, sum12);
            factor = Vector512.Create(left[2]);
            sum20 = FusedMath.MultiplyAdd(factor, right0, sum20);
            sum21 = FusedMath.MultiplyAdd(factor, right1, sum21);
            sum22 = FusedMath.MultiplyAdd(factor, right2, sum22);
            factor = Vector512.Create(left[3]);
            sum30 = FusedMath.MultiplyAdd(factor, right0, sum30);
            sum31 = FusedMath.MultiplyAdd(factor, right1, sum31);
            sum32 = FusedMath.MultiplyAdd(factor, right2, sum32);
            factor = Vector512.Create(left[4]);
            sum40 = FusedMath.MultiplyAdd(factor, right0, sum40);
            sum41 = FusedMath.MultiplyAdd(factor, right1, sum41);
            sum42 = FusedMath.MultiplyAdd(factor, right2, sum42);
            factor = Vector512.Create(left[5]);
            sum50 = FusedMath.MultiplyAdd(factor, right0, sum50);
            sum51 = FusedMath.MultiplyAdd(factor, right1, sum51);
            sum52 = FusedMath.MultiplyAdd(factor, right2, sum52);
            factor = Vector512.Create(left[6]);
            sum60 = FusedMath.MultiplyAdd(factor, right0, sum60);
            sum61 = FusedMath.MultiplyAdd(factor, right1, sum61);
            sum62 = FusedMath.MultiplyAdd(factor, right2, sum62);
            factor = Vector512.Create(left[7]);
            sum70 = FusedMath.MultiplyAdd(factor, right0, sum70);
            sum71 = FusedMath.MultiplyAdd(factor, right1, sum71);
            sum72 = FusedMath.MultiplyAdd(factor, right2, sum72);

            left += 8;
            right += 3 * Vector512<T>.Count;
        }

        if (adds)
        {
            T* line = target;
            sum00 += Vector512.Load(line);
            sum01 += Vector512.Load(line + Vector512<T>.Count);
            sum02 += Vector512.Load(line + (2 * Vector512<T>.Count));
            line += stride;
            sum10 += Vector512.Load(line);
            sum11 += Vector512.Load(line + Vector512<T>.Count);
            sum12 += Vector512.Load(line + (2 * Vector512<T>.Count));
            line += stride;
            sum20 += Vector512.Load(line);
            sum21 += Vector512.Load(line + Vector512<T>.Count);
            sum22 += Vector512.Load(line + (2 * Vector512<T>.Count));
            line += stride;
            sum30 += Vector512.Load(line);
            sum31 += Vector512.Load(line + Vector512<T>.Count);
            sum32 += Vector512.Load(line + (2 * Vector512<T>.Count));
            line += stride;
            sum40 += Vector512.Load(line);
            sum41 += Vector512.Load(line + Vector512<T>.Count);
            sum42 += Vector512.Load(line + (2 * Vector512<T>.Count));
            line += stride;
            sum50 += Vector512.Load(line);
            sum51 += Vector512.Load(line + Vector512<T>.Count);
            sum52 += Vector512.Load(line + (2 * Vector512<T>.Count));
            line += stride;
            sum60 += Vector512.Load(line);
            sum61 += Vector512.Load(line + Vector512<T>.Count);
            sum62 += Vector512.Load(line + (2 * Vector512<T>.Count));
            line += stride;
            sum70 += Vector512.Load(line);
            sum71 += Vector512.Load(line + Vector512<T>.Count);
            sum72 += Vector512.Load(line + (2 * Vector512<T>.Count));
        }

        Store(target, sum00, sum01, sum02);
        Store(target + stride, sum10, sum11, sum12);
        Store(target + (2 * stride), sum20, sum21, sum22);
        Store(target + (3 * stride), sum30, sum31, sum32);
        Store(target + (4 * stride), sum40, sum41, sum42);
        Store(target + (5 * stride), sum50, sum51, sum52);
        Store(target + (6 * stride), sum60, sum61, sum62);
        Store(target + (7 * stride), sum70, sum71, sum72);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Store(T* line, Vector512<T> sum0, Vector512<T> sum1, Vector512<T> sum2)
    {
        Vector512.Store(sum0, line);
        Vector512.Store(sum1, line + Vector512<T>.Count);
        Vector512.Store(sum2, line + (2 * Vector512<T>.Count));
    }
}
