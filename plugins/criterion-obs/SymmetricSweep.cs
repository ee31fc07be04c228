using System.Numerics;

namespace PluginPrune.CriterionObs;

/// <summary>
/// A symmetric positive definite matrix from which rows are swept out (Goodnight 1979): swept by all it is the negative of its
/// inverse; and of an inverse, what is left when some are swept out is the inverse of the matrix without them. Several at a
/// time, since each of them goes through all of the matrix.
/// </summary>
internal sealed class SymmetricSweep
{
    private const int Block = 48;
    private const int MostOnStack = 256;

    private readonly double[] _rows;

    /// <param name="rows">[size, size], row-major; owned from now on.</param>
    /// <param name="size">Rows and columns.</param>
    private SymmetricSweep(double[] rows, int size) => (_rows, Size) = (rows, size);

    /// <summary>Rows and columns.</summary>
    public int Size { get; }

    /// <summary>The inverse of a matrix.</summary>
    /// <param name="matrix">[size, size], row-major, symmetric positive definite; owned from now on.</param>
    /// <param name="size">Rows and columns.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>Null where the matrix is not positive definite.</returns>
    public static SymmetricSweep? TryInvert(double[] matrix, int size, CancellationToken cancellationToken)
    {
        var sweep = new SymmetricSweep(matrix, size);
        bool[] none = new bool[size];
        for (int first = 0; first < size; first += Block)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int[] pivots = [.. Enumerable.Range(first, Math.Min(Block, size - first))];
            if (sweep.InverseOf(pivots) is not { } inverse)
            {
                return null;
            }

            double[] swept = sweep.Sweep(pivots, inverse, none);
            for (int i = 0; i < pivots.Length; i++)
            {
                // Beside the pivots now lies what they were swept with; among them the negative inverse.
                for (int row = 0; row < size; row++)
                {
                    bool isPivot = row >= first && row < first + pivots.Length;
                    double value = isPivot ? -inverse[(i * pivots.Length) + row - first] : swept[(i * size) + row];
                    matrix[((long)pivots[i] * size) + row] = value;
                    matrix[((long)row * size) + pivots[i]] = value;
                }
            }
        }

        for (long i = 0; i < matrix.LongLength; i++)
        {
            matrix[i] = -matrix[i];
        }

        return sweep;
    }

    /// <summary>A row.</summary>
    public ReadOnlySpan<double> Row(int row) => _rows.AsSpan(row * Size, Size);

    /// <summary>The inverse of the part of the matrix that some rows and columns have in common.</summary>
    /// <param name="of">Which.</param>
    /// <returns>[count, count], row-major; null where the part is not positive definite.</returns>
    public double[]? InverseOf(int[] of)
    {
        int count = of.Length;
        double[] part = new double[count * count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                part[(i * count) + j] = _rows[((long)of[i] * Size) + of[j]];
            }
        }

        // Swept one by one, it becomes the negative of its inverse.
        for (int pivot = 0; pivot < count; pivot++)
        {
            double value = part[(pivot * count) + pivot];
            if (!(value > 0) || double.IsInfinity(value))
            {
                return null;
            }

            for (int i = 0; i < count; i++)
            {
                double factor = part[(i * count) + pivot] / value;
                for (int j = 0; i != pivot && j < count; j++)
                {
                    part[(i * count) + j] -= j == pivot ? 0 : factor * part[(pivot * count) + j];
                }
            }

            for (int i = 0; i < count; i++)
            {
                part[(i * count) + pivot] /= i == pivot ? 1 : value;
                part[(pivot * count) + i] /= i == pivot ? 1 : value;
            }

            part[(pivot * count) + pivot] = -1 / value;
        }

        return Array.ConvertAll(part, static value => -value);
    }

    /// <summary>Takes out what rows tell of the others: A - A[:,K] inverse(A[K,K]) A[K,:]. Their own rows and columns stay as they were.</summary>
    /// <param name="pivots">The rows K.</param>
    /// <param name="inverse">The inverse of what they have in common.</param>
    /// <param name="isOut">Rows that do not matter any more.</param>
    /// <returns>inverse(A[K,K]) A[K,:], [count, size].</returns>
    public double[] Sweep(int[] pivots, double[] inverse, bool[] isOut)
    {
        int count = pivots.Length;
        double[] swept = new double[count * Size];
        for (int i = 0; i < count; i++)
        {
            Span<double> line = swept.AsSpan(i * Size, Size);
            for (int j = 0; j < count; j++)
            {
                AddScaled(Row(pivots[j]), inverse[(i * count) + j], line);
            }
        }

        Parallel.For(0, Size, row =>
        {
            if (isOut[row] || Array.IndexOf(pivots, row) >= 0)
            {
                return;
            }

            Span<double> line = _rows.AsSpan(row * Size, Size);
            Span<double> factors = count <= MostOnStack ? stackalloc double[count] : new double[count];
            for (int i = 0; i < count; i++)
            {
                factors[i] = -line[pivots[i]];
            }

            int next = 0;
            for (; next + 4 <= count; next += 4)
            {
                AddScaled(swept.AsSpan(next * Size), factors[next..], line);
            }

            for (; next < count; next++)
            {
                AddScaled(swept.AsSpan(next * Size, Size), factors[next], line);
            }

            for (int i = 0; i < count; i++)
            {
                line[pivots[i]] = -factors[i];
            }
        });
        return swept;
    }

    /// <summary>Adds a multiple of a row to another.</summary>
    public static void AddScaled(ReadOnlySpan<double> row, double factor, Span<double> to)
    {
        var wide = new Vector<double>(factor);
        int i = 0;
        for (; i <= row.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            Vector.FusedMultiplyAdd(new Vector<double>(row[i..]), wide, new Vector<double>(to[i..])).CopyTo(to[i..]);
        }

        for (; i < row.Length; i++)
        {
            to[i] += factor * row[i];
        }
    }

    /// <summary>The same with four rows at once.</summary>
    private static void AddScaled(ReadOnlySpan<double> rows, ReadOnlySpan<double> factors, Span<double> to)
    {
        int size = to.Length;
        ReadOnlySpan<double> a = rows[..size];
        ReadOnlySpan<double> b = rows.Slice(size, size);
        ReadOnlySpan<double> c = rows.Slice(2 * size, size);
        ReadOnlySpan<double> d = rows.Slice(3 * size, size);
        var wideA = new Vector<double>(factors[0]);
        var wideB = new Vector<double>(factors[1]);
        var wideC = new Vector<double>(factors[2]);
        var wideD = new Vector<double>(factors[3]);
        int i = 0;
        for (; i <= size - Vector<double>.Count; i += Vector<double>.Count)
        {
            var sum = new Vector<double>(to[i..]);
            sum = Vector.FusedMultiplyAdd(new Vector<double>(a[i..]), wideA, sum);
            sum = Vector.FusedMultiplyAdd(new Vector<double>(b[i..]), wideB, sum);
            sum = Vector.FusedMultiplyAdd(new Vector<double>(c[i..]), wideC, sum);
            sum = Vector.FusedMultiplyAdd(new Vector<double>(d[i..]), wideD, sum);
            sum.CopyTo(to[i..]);
        }

        for (; i < size; i++)
        {
            to[i] += (factors[0] * a[i]) + (factors[1] * b[i]) + (factors[2] * c[i]) + (factors[3] * d[i]);
        }
    }
}
