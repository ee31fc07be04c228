using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PluginPrune.Core.Reconstruction;

/// <summary>Inner products of rows with four others at once: each number that is read is used four times.</summary>
internal static class DotTile
{
    /// <summary>How many rows are taken of either side.</summary>
    public const int Side = 4;

    /// <summary>The sixteen inner products of four rows with four others.</summary>
    /// <param name="left">Four rows, one behind the other.</param>
    /// <param name="right">Four rows, one behind the other.</param>
    /// <param name="length">The elements of a row: a multiple of the vector's.</param>
    /// <param name="products">Receives the products, four of the first row on the left first.</param>
    public static void Square(ReadOnlySpan<float> left, ReadOnlySpan<float> right, int length, Span<double> products)
    {
        ref float a = ref MemoryMarshal.GetReference(left[..(Side * length)]);
        ref float b = ref MemoryMarshal.GetReference(right[..(Side * length)]);
        for (int i = 0; i < Side; i += 2)
        {
            ref float first = ref Unsafe.Add(ref a, i * length);
            ref float second = ref Unsafe.Add(ref a, (i + 1) * length);
            Vector<float> s0 = default, s1 = default, s2 = default, s3 = default, t0 = default, t1 = default, t2 = default, t3 = default;
            for (int k = 0; k < length; k += Vector<float>.Count)
            {
                var x = Vector.LoadUnsafe(ref first, (nuint)k);
                var y = Vector.LoadUnsafe(ref second, (nuint)k);
                var b0 = Vector.LoadUnsafe(ref b, (nuint)k);
                var b1 = Vector.LoadUnsafe(ref b, (nuint)(length + k));
                var b2 = Vector.LoadUnsafe(ref b, (nuint)((2 * length) + k));
                var b3 = Vector.LoadUnsafe(ref b, (nuint)((3 * length) + k));
                s0 = Vector.FusedMultiplyAdd(x, b0, s0);
                s1 = Vector.FusedMultiplyAdd(x, b1, s1);
                s2 = Vector.FusedMultiplyAdd(x, b2, s2);
                s3 = Vector.FusedMultiplyAdd(x, b3, s3);
                t0 = Vector.FusedMultiplyAdd(y, b0, t0);
                t1 = Vector.FusedMultiplyAdd(y, b1, t1);
                t2 = Vector.FusedMultiplyAdd(y, b2, t2);
                t3 = Vector.FusedMultiplyAdd(y, b3, t3);
            }

            Span<double> line = products.Slice(i * Side, 2 * Side);
            line[0] = Vector.Sum(s0);
            line[1] = Vector.Sum(s1);
            line[2] = Vector.Sum(s2);
            line[3] = Vector.Sum(s3);
            line[4] = Vector.Sum(t0);
            line[5] = Vector.Sum(t1);
            line[6] = Vector.Sum(t2);
            line[7] = Vector.Sum(t3);
        }
    }

    /// <summary>The inner products of a row with four others.</summary>
    /// <param name="row">The row.</param>
    /// <param name="others">Four rows.</param>
    /// <param name="stride">From one of the four to the next.</param>
    /// <param name="products">Receives four products.</param>
    public static void Line(ReadOnlySpan<double> row, ReadOnlySpan<double> others, int stride, Span<double> products)
    {
        int length = row.Length;
        ref double a = ref MemoryMarshal.GetReference(row);
        ref double b = ref MemoryMarshal.GetReference(others[..(((Side - 1) * stride) + length)]);
        Vector<double> s0 = default, s1 = default, s2 = default, s3 = default;
        int k = 0;
        for (; k <= length - Vector<double>.Count; k += Vector<double>.Count)
        {
            var x = Vector.LoadUnsafe(ref a, (nuint)k);
            s0 = Vector.FusedMultiplyAdd(x, Vector.LoadUnsafe(ref b, (nuint)k), s0);
            s1 = Vector.FusedMultiplyAdd(x, Vector.LoadUnsafe(ref b, (nuint)(stride + k)), s1);
            s2 = Vector.FusedMultiplyAdd(x, Vector.LoadUnsafe(ref b, (nuint)((2 * stride) + k)), s2);
            s3 = Vector.FusedMultiplyAdd(x, Vector.LoadUnsafe(ref b, (nuint)((3 * stride) + k)), s3);
        }

        (products[0], products[1], products[2], products[3]) = (Vector.Sum(s0), Vector.Sum(s1), Vector.Sum(s2), Vector.Sum(s3));
        for (; k < length; k++)
        {
            for (int other = 0; other < Side; other++)
            {
                products[other] += row[k] * others[(other * stride) + k];
            }
        }
    }
}
