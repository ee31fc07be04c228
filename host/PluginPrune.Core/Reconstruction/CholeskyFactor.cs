using System.Numerics;

namespace PluginPrune.Core.Reconstruction;

/// <summary>
/// A symmetric positive definite matrix as the product of a lower triangle with its transpose (Golub and Van Loan, section
/// 4.2, by blocks of columns): solves linear systems. The same on any number of threads.
/// </summary>
internal sealed class CholeskyFactor
{
    // So many rows of a triangle stay in a cache while all rows below are multiplied with them.
    private const int Block = 64;

    private readonly double[] _rows;
    private readonly int _size;
    private readonly ParallelOptions _options;

    private CholeskyFactor(double[] rows, int size, ParallelOptions options)
    {
        _rows = rows;
        _size = size;
        _options = options;
    }

    /// <summary>Factors a matrix in place.</summary>
    /// <param name="matrix">[size, size], row-major; the lower triangle is read, and overwritten.</param>
    /// <param name="size">Rows and columns.</param>
    /// <param name="options">On how many threads.</param>
    /// <returns>Null where the matrix is not positive definite, or holds what is no number.</returns>
    public static CholeskyFactor? TryFactor(double[] matrix, int size, ParallelOptions options)
    {
        var factor = new CholeskyFactor(matrix, size, options);
        for (int first = 0; first < size; first += Block)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            int end = Math.Min(size, first + Block);
            for (int row = first; row < end; row++)
            {
                factor.FillRow(row, first, row);
                double pivot = matrix[(row * size) + row] - Dot(factor.Row(row, row), factor.Row(row, row));
                if (!(pivot > 0) || double.IsInfinity(pivot))
                {
                    return null;
                }

                matrix[(row * size) + row] = Math.Sqrt(pivot);
            }

            int start = first;
            Parallel.For(end, size, options, row => factor.FillRow(row, start, end));
        }

        return factor;
    }

    /// <summary>Solves the system for several right sides, in place.</summary>
    /// <param name="sides">[count, size], row-major: the right sides, then the solutions.</param>
    /// <param name="count">How many.</param>
    public void Solve(double[] sides, int count)
    {
        // Several at once: each row of the triangle is then read from memory once for all of them.
        int groups = (count + DotTile.Side - 1) / DotTile.Side;
        Parallel.For(0, groups, _options, group =>
        {
            int first = group * DotTile.Side;
            int taken = Math.Min(DotTile.Side, count - first);
            Span<double> products = stackalloc double[DotTile.Side];
            Span<double> sidesHere = sides.AsSpan(first * _size, taken * _size);
            for (int row = 0; row < _size; row++)
            {
                ReadOnlySpan<double> left = Row(row, row);
                Products(left, sidesHere, taken, products);
                for (int side = 0; side < taken; side++)
                {
                    ref double value = ref sidesHere[(side * _size) + row];
                    value = (value - products[side]) / _rows[(row * _size) + row];
                }
            }

            for (int row = _size - 1; row >= 0; row--)
            {
                ReadOnlySpan<double> left = Row(row, row);
                for (int side = 0; side < taken; side++)
                {
                    Span<double> values = sidesHere.Slice(side * _size, row + 1);
                    double value = values[row] / _rows[(row * _size) + row];
                    values[row] = value;
                    Subtract(left, value, values[..row]);
                }
            }
        });
    }

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    private static void Subtract(ReadOnlySpan<double> row, double factor, Span<double> from)
    {
        var wide = new Vector<double>(-factor);
        int i = 0;
        for (; i <= row.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            Vector.FusedMultiplyAdd(new Vector<double>(row[i..]), wide, new Vector<double>(from[i..])).CopyTo(from[i..]);
        }

        for (; i < row.Length; i++)
        {
            from[i] -= factor * row[i];
        }
    }

    private ReadOnlySpan<double> Row(int row, int length) => _rows.AsSpan(row * _size, length);

    /// <summary>The elements of a row of the triangle in some columns, of which the rows are there already.</summary>
    private void FillRow(int row, int first, int end)
    {
        Span<double> products = stackalloc double[DotTile.Side];
        Span<double> values = _rows.AsSpan(row * _size, end);
        for (int column = first; column < end; column += DotTile.Side)
        {
            int taken = Math.Min(DotTile.Side, end - column);
            Products(values[..column], _rows.AsSpan(column * _size), taken, products);
            for (int i = 0; i < taken; i++)
            {
                ReadOnlySpan<double> above = _rows.AsSpan((column + i) * _size, column + i + 1);
                double sum = values[column + i] - products[i] - Dot(values.Slice(column, i), above.Slice(column, i));
                values[column + i] = sum / above[column + i];
            }
        }
    }

    /// <summary>The products of a row with up to four others, which lie a whole row of the matrix apart.</summary>
    private void Products(ReadOnlySpan<double> row, ReadOnlySpan<double> others, int count, Span<double> products)
    {
        if (count == DotTile.Side)
        {
            DotTile.Line(row, others, _size, products);
            return;
        }

        for (int i = 0; i < count; i++)
        {
            products[i] = Dot(row, others.Slice(i * _size, row.Length));
        }
    }
}
