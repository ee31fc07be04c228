using System.Numerics;
using System.Runtime.CompilerServices;

namespace PluginPrune.CriterionNorm.GeometricMedian;

/// <summary>Twice 2 x 4 sums: with a row and four others they fit into 16 registers.</summary>
internal sealed class NarrowDotKernel : DotKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Add(ref float left, ref float right, nuint stride, nuint length, ref double products, nuint lineStride)
    {
        AddTwo(ref left, ref right, stride, length, ref products, lineStride);
        AddTwo(ref Unsafe.Add(ref left, 2 * stride), ref right, stride, length, ref Unsafe.Add(ref products, 2 * lineStride), lineStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddTwo(ref float left, ref float right, nuint stride, nuint length, ref double products, nuint lineStride)
    {
        Vector<float> sum00 = Vector<float>.Zero;
        Vector<float> sum01 = Vector<float>.Zero;
        Vector<float> sum02 = Vector<float>.Zero;
        Vector<float> sum03 = Vector<float>.Zero;
        Vector<float> sum10 = Vector<float>.Zero;
        Vector<float> sum11 = Vector<float>.Zero;
        Vector<float> sum12 = Vector<float>.Zero;
        Vector<float> sum13 = Vector<float>.Zero;
        for (nuint i = 0; i < length; i += (nuint)Vector<float>.Count)
        {
            Vector<float> right0 = Vector.LoadUnsafe(ref right, i);
            Vector<float> right1 = Vector.LoadUnsafe(ref right, stride + i);
            Vector<float> right2 = Vector.LoadUnsafe(ref right, (2 * stride) + i);
            Vector<float> right3 = Vector.LoadUnsafe(ref right, (3 * stride) + i);

            Vector<float> row = Vector.LoadUnsafe(ref left, i);
            sum00 = Vector.FusedMultiplyAdd(row, right0, sum00);
            sum01 = Vector.FusedMultiplyAdd(row, right1, sum01);
            sum02 = Vector.FusedMultiplyAdd(row, right2, sum02);
            sum03 = Vector.FusedMultiplyAdd(row, right3, sum03);

            row = Vector.LoadUnsafe(ref left, stride + i);
            sum10 = Vector.FusedMultiplyAdd(row, right0, sum10);
            sum11 = Vector.FusedMultiplyAdd(row, right1, sum11);
            sum12 = Vector.FusedMultiplyAdd(row, right2, sum12);
            sum13 = Vector.FusedMultiplyAdd(row, right3, sum13);
        }

        products += Vector.Sum(sum00);
        Unsafe.Add(ref products, 1) += Vector.Sum(sum01);
        Unsafe.Add(ref products, 2) += Vector.Sum(sum02);
        Unsafe.Add(ref products, 3) += Vector.Sum(sum03);

        Unsafe.Add(ref products, lineStride) += Vector.Sum(sum10);
        Unsafe.Add(ref products, lineStride + 1) += Vector.Sum(sum11);
        Unsafe.Add(ref products, lineStride + 2) += Vector.Sum(sum12);
        Unsafe.Add(ref products, lineStride + 3) += Vector.Sum(sum13);
    }
}
