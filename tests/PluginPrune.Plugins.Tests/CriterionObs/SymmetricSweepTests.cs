extern alias obs;

using obs::PluginPrune.CriterionObs;

namespace PluginPrune.Plugins.Tests.CriterionObs;

/// <summary>Inverses, and what is left of them without some rows.</summary>
public sealed class SymmetricSweepTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(47)]
    [InlineData(48)]
    [InlineData(49)]
    [InlineData(101)]
    public void The_inverse_times_the_matrix_is_one(int size)
    {
        double[] matrix = Positive(size, seed: size);

        SymmetricSweep inverse = SymmetricSweep.TryInvert((double[])matrix.Clone(), size, CancellationToken.None)!;

        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++)
            {
                double product = Enumerable.Range(0, size).Sum(k => inverse.Row(row)[k] * matrix[(k * size) + column]);
                product.Should().BeApproximately(row == column ? 1 : 0, 1e-9);
            }
        }
    }

    [Theory]
    [InlineData(9)]
    [InlineData(1)]
    [InlineData(6)]
    public void What_is_left_without_some_rows_is_the_inverse_of_what_is_left(int block)
    {
        const int Size = 36;
        double[] matrix = Positive(Size, seed: 5);
        SymmetricSweep inverse = SymmetricSweep.TryInvert((double[])matrix.Clone(), Size, CancellationToken.None)!;
        bool[] isOut = new bool[Size];
        foreach (int first in new[] { 18, 0 })
        {
            int[] rows = [.. Enumerable.Range(first, block)];
            inverse.Sweep(rows, inverse.InverseOf(rows)!, isOut);
            Array.ForEach(rows, row => isOut[row] = true);
        }

        int[] left = [.. Enumerable.Range(0, Size).Where(row => !isOut[row])];
        double[] part = [.. left.SelectMany(row => left.Select(column => matrix[(row * Size) + column]))];
        SymmetricSweep expected = SymmetricSweep.TryInvert(part, left.Length, CancellationToken.None)!;
        for (int i = 0; i < left.Length; i++)
        {
            left.Select(column => inverse.Row(left[i])[column]).ToArray().Zip(expected.Row(i).ToArray()).Should().AllSatisfy(static pair => pair.First.Should().BeApproximately(pair.Second, 1e-9));
        }
    }

    [Fact]
    public void A_matrix_that_is_not_positive_has_none()
    {
        SymmetricSweep.TryInvert([1, 2, 2, 1], 2, CancellationToken.None).Should().BeNull();
        SymmetricSweep.TryInvert([double.NaN], 1, CancellationToken.None).Should().BeNull();
        SymmetricSweep.TryInvert([0], 1, CancellationToken.None).Should().BeNull();
    }

    private static double[] Positive(int size, int seed)
    {
        var random = new Random(seed);
        double[] root = [.. Enumerable.Range(0, size * size).Select(_ => random.NextDouble() - 0.5)];
        double[] matrix = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                matrix[(i * size) + j] = Enumerable.Range(0, size).Sum(k => root[(i * size) + k] * root[(j * size) + k]) + (i == j ? 0.5 : 0);
            }
        }

        return matrix;
    }
}
