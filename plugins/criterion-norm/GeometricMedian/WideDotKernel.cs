using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PluginPrune.CriterionNorm.GeometricMedian;

/// <summary>4 x 4 sums of 512 bits: with a row and four others they fit into the 32 registers of AVX-512.</summary>
internal sealed class WideDotKernel : DotKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Add(ref float left, ref float right, nuint stride, nuint length, ref double products, nuint lineStride)
    {
        Vector512<float> sum00 = Vector512<float>.Zero;
        Vector512<float> sum01 = Vector512<float>.Zero;
        Vector512<float> sum02 = Vector512<float>.Zero;
        Vector512<float> sum03 = Vector512<float>.Zero;
        Vector512<float> sum10 = Vector512<float>.Zero;
        Vector512<float> sum11 = Vector512<float>.Zero;
        Vector512<float> sum12 = Vector512<float>.Zero;
        Vector512<float> sum13 = Vector512<float>.Zero;
        Vector512<float> sum20 = Vector512<float>.Zero;
        Vector512<float> sum21 = Vector512<float>.Zero;
        Vector512<float> sum22 = Vector512<float>.Zero;
        Vector512<float> sum23 = Vector512<float>.Zero;
        Vector512<float> sum30 = Vector512<float>.Zero;
        Vector512<float> sum31 = Vector512<float>.Zero;
        Vector512<float> sum32 = Vector512<float>.Zero;
        Vector512<float> sum33 = Vector512<float>.Zero;
        for (nuint i = 0; i < length; i += (nuint)Vector512<float>.Count)
        {
            Vector512<float> right0 = Vector512.LoadUnsafe(ref right, i);
            Vector512<float> right1 = Vector512.LoadUnsafe(ref right, stride + i);
            Vector512<float> right2 = Vector512.LoadUnsafe(ref right, (2 * stride) + i);
            Vector512<float> right3 = Vector512.LoadUnsafe(ref right, (3 * stride) + i);

            Vector512<float> row = Vector512.LoadUnsafe(ref left, i);
            sum00 = Vector512.FusedMultiplyAdd(row, right0, sum00);
            sum01 = Vector512.FusedMultiplyAdd(row, right1, sum01);
            sum02 = Vector512.FusedMultiplyAdd(row, right2, sum02);
            sum03 = Vector512.FusedMultiplyAdd(row, right3, sum03);

            row = Vector512.LoadUnsafe(ref left, stride + i);
            sum10 = Vector512.FusedMultiplyAdd(row, right0, sum10);
            sum11 = Vector512.FusedMultiplyAdd(row, right1, sum11);
            sum12 = Vector512.FusedMultiplyAdd(row, right2, sum12);
            sum13 = Vector512.FusedMultiplyAdd(row, right3, sum13);

            row = Vector512.LoadUnsafe(ref left, (2 * stride) + i);
            sum20 = Vector512.FusedMultiplyAdd(row, right0, sum20);
            sum21 = Vector512.FusedMultiplyAdd(row, right1, sum21);
            sum22 = Vector512.FusedMultiplyAdd(row, right2, sum22);
            sum23 = Vector512.FusedMultiplyAdd(row, right3, sum23);

            row = Vector512.LoadUnsafe(ref left, (3 * stride) + i);
            sum30 = Vector512.FusedMultiplyAdd(row, right0, sum30);
            sum31 = Vector512.FusedMultiplyAdd(row, right1, sum31);
            sum32 = Vector512.FusedMultiplyAdd(row, right2, sum32);
            sum33 = Vector512.FusedMultiplyAdd(row, right3, sum33);
        }

        products += Vector512.Sum(sum00);
        Unsafe.Add(ref products, 1) += Vector512.Sum(sum01);
        Unsafe.Add(ref products, 2) += Vector512.Sum(sum02);
        Unsafe.Add(ref products, 3) += Vector512.Sum(sum03);

        Unsafe.Add(ref products, lineStride) += Vector512.Sum(sum10);
        Unsafe.Add(ref products, lineStride + 1) += Vector512.Sum(sum11);
        Unsafe.Add(ref products, lineStride + 2) += Vector512.Sum(sum12);
        Unsafe.Add(ref products, lineStride + 3) += Vector512.Sum(sum13);

        Unsafe.Add(ref products, 2 * lineStride) += Vector512.Sum(sum20);
        Unsafe.Add(ref products, (2 * lineStride) + 1) += Vector512.Sum(sum21);
        Unsafe.Add(ref products, (2 * lineStride) + 2) += Vector512.Sum(sum22);
        Unsafe.Add(ref products, (2 * lineStride) + 3) += Vector512.Sum(sum23);

        Unsafe.Add(ref products, 3 * lineStride) += Vector512.Sum(sum30);
        Unsafe.Add(ref products, (3 * lineStride) + 1) += Vector512.Sum(sum31);
        Unsafe.Add(ref products, (3 * lineStride) + 2) += Vector512.Sum(sum32);
        Unsafe.Add(ref products, (3 * lineStride) + 3) += Vector512.Sum(sum33);
    }
}
