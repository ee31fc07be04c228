using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PluginPrune.CriterionSubspace.Clustering;

/// <summary>Points by their inner products: all that k-means needs, however many dimensions they have.</summary>
internal sealed class PointSet
{
    // A tile of rows, and of each a piece, that stay in the nearest caches.
    private const int Tile = 48;
    private const int Piece = 1024;

    private readonly double[][] _products;

    /// <param name="rows">All as long.</param>
    /// <param name="weights">How many filters each stands for.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public PointSet(float[][] rows, double[] weights, CancellationToken cancellationToken)
    {
        Weights = weights;
        _products = new double[rows.Length][];
        for (int i = 0; i < rows.Length; i++)
        {
            _products[i] = new double[rows.Length];
        }

        for (int from = 0; from < rows[0].Length; from += Piece)
        {
            int length = Math.Min(Piece, rows[0].Length - from);
            for (int tile = 0; tile < rows.Length; tile += Tile)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Multiply(rows, from, length, tile, Math.Min(rows.Length, tile + Tile));
            }
        }
    }

    public int Count => Weights.Length;

    public double[] Weights { get; }

    /// <summary>The inner products of a point with all.</summary>
    public ReadOnlySpan<double> this[int point] => _products[point];

    public double SquaredLength(int point) => _products[point][point];

    public double SquaredDistance(int left, int right) =>
        left == right ? 0 : Math.Max(0, _products[left][left] + _products[right][right] - (2 * _products[left][right]));

    private void Multiply(float[][] rows, int from, int length, int first, int end)
    {
        for (int left = 0; left < end; left++)
        {
            ReadOnlySpan<float> piece = rows[left].AsSpan(from, length);
            for (int right = Math.Max(left, first); right < end; right++)
            {
                _products[left][right] += Product(piece, rows[right].AsSpan(from, length));
                _products[right][left] = _products[left][right];
            }
        }
    }

    /// <summary>Always in the same order, whatever the processor has: one seed, one result.</summary>
    private static float Product(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        ReadOnlySpan<Vector256<float>> lefts = MemoryMarshal.Cast<float, Vector256<float>>(left);
        ReadOnlySpan<Vector256<float>> rights = MemoryMarshal.Cast<float, Vector256<float>>(right);
        Vector256<float> even = default;
        Vector256<float> odd = default;
        int i = 0;
        for (; i + 1 < lefts.Length; i += 2)
        {
            even += lefts[i] * rights[i];
            odd += lefts[i + 1] * rights[i + 1];
        }

        if (i < lefts.Length)
        {
            even += lefts[i] * rights[i];
        }

        float sum = Vector256.Sum(even + odd);
        for (int rest = lefts.Length * Vector256<float>.Count; rest < left.Length; rest++)
        {
            sum += left[rest] * right[rest];
        }

        return sum;
    }
}
