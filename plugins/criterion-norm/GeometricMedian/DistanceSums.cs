using System.Runtime.CompilerServices;
using PluginPrune.Shared.Weights;

namespace PluginPrune.CriterionNorm.GeometricMedian;

/// <summary>
/// For each row of a matrix the sum of its Euclidean distances to all others. |a - b|² is |a|² + |b|² - 2ab, so that the work is
/// that of a matrix by its own transpose, of which half is computed, in tiles that stay in the processor's cache.
/// </summary>
/// <param name="kernel">What multiplies.</param>
internal sealed class DistanceSums(DotKernel kernel)
{
    // Rows of a tile, and as much of them as is taken at a time: two such parts are 512 KiB.
    private const int Tile = 64;
    private const int Depth = 1024;

    private readonly CenteredRows _rows = new();

    /// <summary>The sums, in the matrix's own unit.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public double[] Of(WeightMatrix matrix, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { CancellationToken = cancellationToken };
        _rows.Take(matrix, options);
        double[] squares = SquaresOf(matrix.Rows);
        int tiles = (matrix.Rows + Tile - 1) / Tile;

        // By row and by the tile of the others: whoever computes them, they are added up in one order, in which equal rows tie.
        double[] parts = new double[matrix.Rows * tiles];
        Parallel.For(
            0,
            tiles * tiles,
            options,
            static () => new double[Tile * Tile],
            (pair, _, products) =>
            {
                (int left, int right) = (pair / tiles, pair % tiles);
                if (left <= right)
                {
                    Multiply(left * Tile, right * Tile, products);
                    AddDistances(products, squares, parts, left, right, tiles);
                }

                return products;
            },
            static _ => { });

        double[] sums = new double[matrix.Rows];
        for (int i = 0; i < parts.Length; i++)
        {
            sums[i / tiles] += parts[i] * _rows.Unit;
        }

        return sums;
    }

    /// <summary>The product of each row with itself, made as those with others are.</summary>
    private double[] SquaresOf(int count)
    {
        double[] squares = new double[count];
        double[] products = new double[DotKernel.Side * DotKernel.Side];
        for (int first = 0; first < count; first += DotKernel.Side)
        {
            Array.Clear(products);
            for (int from = 0; from < _rows.Stride; from += Depth)
            {
                ref float start = ref _rows.Values[(first * _rows.Stride) + from];
                kernel.Add(ref start, ref start, (nuint)_rows.Stride, (nuint)Math.Min(Depth, _rows.Stride - from), ref products[0], DotKernel.Side);
            }

            for (int row = first; row < Math.Min(count, first + DotKernel.Side); row++)
            {
                squares[row] = products[(row - first) * (DotKernel.Side + 1)];
            }
        }

        return squares;
    }

    private void Multiply(int firstLeft, int firstRight, double[] products)
    {
        Array.Clear(products);
        int leftEnd = Math.Min(_rows.Count, firstLeft + Tile);
        int rightEnd = Math.Min(_rows.Count, firstRight + Tile);
        for (int from = 0; from < _rows.Stride; from += Depth)
        {
            var length = (nuint)Math.Min(Depth, _rows.Stride - from);
            for (int left = firstLeft; left < leftEnd; left += DotKernel.Side)
            {
                ref float start = ref _rows.Values[(left * _rows.Stride) + from];
                ref double line = ref products[(left - firstLeft) * Tile];

                // Where a tile meets itself, what lies below the diagonal has been seen.
                for (int right = Math.Max(left, firstRight); right < rightEnd; right += DotKernel.Side)
                {
                    kernel.Add(
                        ref start,
                        ref _rows.Values[(right * _rows.Stride) + from],
                        (nuint)_rows.Stride,
                        length,
                        ref Unsafe.Add(ref line, right - firstRight),
                        Tile);
                }
            }
        }
    }

    private static void AddDistances(double[] products, double[] squares, double[] parts, int leftTile, int rightTile, int tiles)
    {
        int firstLeft = leftTile * Tile;
        int firstRight = rightTile * Tile;
        int leftEnd = Math.Min(squares.Length, firstLeft + Tile);
        int rightEnd = Math.Min(squares.Length, firstRight + Tile);
        for (int left = firstLeft; left < leftEnd; left++)
        {
            // Where a tile meets itself, each distance is added on both sides, always in the order of the others.
            double sum = 0;
            for (int right = firstRight; right < rightEnd; right++)
            {
                double product = leftTile == rightTile && right < left
                    ? products[((right - firstRight) * Tile) + left - firstLeft]
                    : products[((left - firstLeft) * Tile) + right - firstRight];

                // Rounding may bring it below 0; what is no number must not be hidden.
                double square = squares[left] + squares[right] - (2 * product);
                double distance = square < 0 ? 0 : Math.Sqrt(square);
                sum += distance;
                if (leftTile != rightTile)
                {
                    parts[(right * tiles) + leftTile] += distance;
                }
            }

            parts[(left * tiles) + rightTile] = sum;
        }
    }
}
