using PluginPrune.Core.Reconstruction;

namespace PluginPrune.Core.Tests.Reconstruction;

public sealed class CholeskyFactorTests
{
    private static readonly int[] Sizes = [1, 2, 3, 4, 5, 6, 7, 8, 31, 60, 63, 64, 65, 66, 67, 100, 127, 128, 129, 130, 131, 192, 200];

    [Fact]
    public void Solve_AnySizeAndCount_GivesWhatTheRightSidesWereMadeOf()
    {
        foreach (int size in Sizes)
        {
            double[] matrix = Positive(size);
            for (int count = 1; count <= 6; count++)
            {
                double[] wanted = Numbers(size * count, size + count);

                CholeskyFactor factor = CholeskyFactor.TryFactor(LowerOf(matrix, size), size, Threads(2))!;
                double[] sides = Products(matrix, wanted, size, count);
                factor.Solve(sides, count);

                sides.Zip(wanted).Should().OnlyContain(static pair => Math.Abs(pair.First - pair.Second) < 1e-9, "size {0}, {1} sides", size, count);
            }
        }
    }

    [Fact]
    public void Solve_OtherThreadCounts_GiveTheSameBits()
    {
        foreach (int size in new[] { 3, 65, 200 })
        {
            double[] matrix = Positive(size);
            double[][] solutions = [.. new[] { 1, 2, 3, -1 }.Select(threads =>
            {
                double[] sides = Numbers(size * 7, 5);
                CholeskyFactor.TryFactor(LowerOf(matrix, size), size, Threads(threads))!.Solve(sides, 7);
                return sides;
            })];

            solutions.Should().OnlyContain(sides => sides.SequenceEqual(solutions[0]));
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void TryFactor_PivotThatIsNotPositive_IsNull(double pivot)
    {
        foreach (int size in new[] { 1, 5, 64, 65, 130 })
        {
            foreach (int place in new[] { 0, size / 2, size - 1 })
            {
                double[] matrix = LowerOf(Positive(size), size);
                matrix[(place * size) + place] = pivot;

                CholeskyFactor.TryFactor(matrix, size, Threads(2)).Should().BeNull("size {0}, pivot {1}", size, place);
            }
        }
    }

    [Fact]
    public void TryFactor_SymmetricButIndefinite_IsNull() =>
        CholeskyFactor.TryFactor([1, double.NaN, 2, 1], 2, Threads(1)).Should().BeNull("1 - 2 * 2 is negative");

    private static ParallelOptions Threads(int count) => new() { MaxDegreeOfParallelism = count };

    private static double[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
    }

    private static double[] Positive(int size)
    {
        double[] root = Numbers(size * size, size);
        double[] matrix = new double[size * size];
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++)
            {
                matrix[(row * size) + column] = Enumerable.Range(0, size).Sum(i => root[(row * size) + i] * root[(column * size) + i]) + (row == column ? 1 : 0);
            }
        }

        return matrix;
    }

    /// <summary>What lies above the diagonal must not be looked at.</summary>
    private static double[] LowerOf(double[] matrix, int size) => [.. matrix.Select((value, i) => i % size > i / size ? double.NaN : value)];

    private static double[] Products(double[] matrix, double[] vectors, int size, int count) =>
    [
        .. Enumerable.Range(0, count * size).Select(i => Enumerable.Range(0, size).Sum(k => matrix[(i % size * size) + k] * vectors[(i / size * size) + k])),
    ];
}
