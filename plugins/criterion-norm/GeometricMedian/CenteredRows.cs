using System.Numerics;
using PluginPrune.Contracts.Networks;
using PluginPrune.Shared.Weights;

namespace PluginPrune.CriterionNorm.GeometricMedian;

/// <summary>
/// The rows of a matrix, scaled by a power of two so that no weight is 2 or above, and moved so that they lie about 0: distances
/// made of inner products then neither overflow nor vanish, and lose little to cancellation. Zeros fill up rows and columns to
/// what kernels take. One instance serves matrix after matrix, in memory that grows with them.
/// </summary>
internal sealed class CenteredRows
{
    // Any middle is right, as distances do not depend on it; these rows find one that is near enough.
    private const int RowsOfCenter = 32;

    /// <summary>Row after row, <see cref="Stride"/> apart; what lies behind the last one does not count.</summary>
    public float[] Values { get; private set; } = [];

    /// <summary>From one row to the next.</summary>
    public int Stride { get; private set; }

    /// <summary>How many rows there are, with those of zeros.</summary>
    public int Count { get; private set; }

    /// <summary>What distances of these rows are multiplied by to be those of the matrix.</summary>
    public double Unit { get; private set; }

    /// <summary>Takes a matrix in place of the one before.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="options">How many processors work, and what ends it early.</param>
    public void Take(WeightMatrix matrix, ParallelOptions options)
    {
        // The float view of other types is made anew by each call.
        Tensor weights = matrix.Weight.Type == ElementType.F32 ? matrix.Weight : Tensor.FromFloats(matrix.Weight.Shape, matrix.Weight.Floats.ToArray());
        float[] largest = new float[matrix.Rows];
        Parallel.For(0, matrix.Rows, options, row => largest[row] = LargestOf(Row(row)));
        int exponent = Math.Clamp(Math.ILogB(largest.Max()), -126, 126);
        float scale = MathF.ScaleB(1, -exponent);

        float[] center = CenterOf(weights.Floats, matrix, scale);
        Stride = DotKernel.RoundUp(matrix.Columns, DotKernel.Step);
        Count = DotKernel.RoundUp(matrix.Rows, DotKernel.Side);
        Unit = Math.ScaleB(1, exponent);
        if (Values.Length < Count * Stride)
        {
            Values = GC.AllocateUninitializedArray<float>(Count * Stride);
        }

        Values.AsSpan(matrix.Rows * Stride, (Count - matrix.Rows) * Stride).Clear();
        Parallel.For(0, matrix.Rows, options, row =>
        {
            Span<float> moved = Values.AsSpan(row * Stride, Stride);
            Move(Row(row), scale, center, moved);
            moved[matrix.Columns..].Clear();
        });

        ReadOnlySpan<float> Row(int row) => weights.Floats.Slice(row * matrix.Columns, matrix.Columns);
    }

    private static float LargestOf(ReadOnlySpan<float> row)
    {
        Vector<float> largest = Vector<float>.Zero;
        int i = 0;
        for (; i <= row.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            largest = Vector.Max(largest, Vector.Abs(new Vector<float>(row[i..])));
        }

        float result = 0;
        for (int lane = 0; lane < Vector<float>.Count; lane++)
        {
            result = Math.Max(result, largest[lane]);
        }

        for (; i < row.Length; i++)
        {
            result = Math.Max(result, Math.Abs(row[i]));
        }

        return result;
    }

    private static float[] CenterOf(ReadOnlySpan<float> weights, WeightMatrix matrix, float scale)
    {
        float[] center = new float[matrix.Columns];
        int count = Math.Min(RowsOfCenter, matrix.Rows);
        for (int i = 0; i < count; i++)
        {
            int row = (int)((long)i * matrix.Rows / count);
            ReadOnlySpan<float> values = weights.Slice(row * matrix.Columns, matrix.Columns);
            for (int column = 0; column < center.Length; column++)
            {
                center[column] += values[column] * scale / count;
            }
        }

        return center;
    }

    private static void Move(ReadOnlySpan<float> row, float scale, ReadOnlySpan<float> center, Span<float> moved)
    {
        int i = 0;
        for (; i <= row.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            ((new Vector<float>(row[i..]) * scale) - new Vector<float>(center[i..])).CopyTo(moved[i..]);
        }

        for (; i < row.Length; i++)
        {
            moved[i] = (row[i] * scale) - center[i];
        }
    }
}
