using PluginPrune.Core.Reconstruction;

namespace PluginPrune.Core.Tests.Reconstruction;

public sealed class NormalEquationsTests
{
    private const double Damping = 0.05;

    private static readonly int[] ThreadCounts = [1, 2, 4];

    [Theory]
    [InlineData(2, 1, 1)]
    [InlineData(17, 3, 2)]
    [InlineData(511, 4, 4)]
    [InlineData(512, 5, 7)]
    [InlineData(513, 9, 3)]
    [InlineData(1024, 8, 1)]
    [InlineData(1500, 13, 6)]
    [InlineData(40, 60, 5)]
    public void Solve_Samples_GivesTheRidgeAboutTheOldWeights(int samples, int inputs, int outputs)
    {
        foreach (bool hasIntercept in new[] { true, false })
        {
            foreach (double mean in new[] { 0, 3.0, 50 })
            {
                float[][] read = Numbers(samples, inputs, seed: 1, mean);
                float[][] wanted = Numbers(samples, outputs, seed: 2, mean);
                float[] old = Numbers(1, inputs * outputs, seed: 3, mean: 0)[0];

                (double[] weights, double[] intercepts) = Taken(read, wanted).Solve(old, hasIntercept, Damping)!.Value;

                (double[] Weights, double[] Intercepts) expected = Naive(read, wanted, old, hasIntercept);
                weights.Zip(expected.Weights).Should().OnlyContain(static pair => Math.Abs(pair.First - pair.Second) < 2e-3, "mean {0}, intercept {1}", mean, hasIntercept);
                intercepts.Zip(expected.Intercepts).Should().OnlyContain(
                    pair => Math.Abs(pair.First - pair.Second) < 2e-3 * Math.Max(1, mean * inputs), "mean {0}, intercept {1}", mean, hasIntercept);
            }
        }
    }

    [Fact]
    public void Solve_OutputsThatAreLinearInTheInputs_FindsHow()
    {
        float[][] read = Numbers(2000, 6, seed: 1, mean: 1);
        float[][] wanted = [.. read.Select(static sample => new[] { (2 * sample[0]) - sample[5] + 4, 0.5f * sample[3] })];

        (double[] weights, double[] intercepts) = Taken(read, wanted).Solve(new float[12], hasIntercept: true, damping: 1e-7)!.Value;

        weights.Zip([2, 0, 0, 0, 0, -1, 0, 0, 0, 0.5, 0, 0]).Should().OnlyContain(static pair => Math.Abs(pair.First - pair.Second) < 1e-4);
        intercepts.Zip([4, 0]).Should().OnlyContain(static pair => Math.Abs(pair.First - pair.Second) < 1e-4);
    }

    [Fact]
    public void Solve_LittleVariationAboutALargeMean_IsNotLostInRounding()
    {
        float[][] noise = Numbers(3000, 3, seed: 1, mean: 0);
        float[][] read = [.. noise.Select(static sample => sample.Select(static value => 100 + (0.01f * value)).ToArray())];
        float[][] wanted = [.. read.Select(static sample => new[] { sample[0] - (3 * (sample[2] - 100)) })];

        double[] weights = Taken(read, wanted).Solve(new float[3], hasIntercept: true, damping: 1e-6)!.Value.Weights;

        weights[0].Should().BeApproximately(1, 2e-3);
        weights[1].Should().BeApproximately(0, 2e-3);
        weights[2].Should().BeApproximately(-3, 2e-3);
    }

    [Fact]
    public void Solve_OtherThreadCounts_GiveTheSameBits()
    {
        float[][] read = Numbers(1300, 21, seed: 1, mean: 1);
        float[][] wanted = Numbers(1300, 5, seed: 2, mean: 0);
        double[][] solutions = [.. ThreadCounts.Select(threads => Taken(read, wanted, threads).Solve(new float[105], hasIntercept: true, Damping)!.Value.Weights)];

        solutions.Should().OnlyContain(weights => weights.SequenceEqual(solutions[0]));
    }

    [Theory]
    [InlineData(0.3f)]
    [InlineData(0)]
    [InlineData(-1e6f)]
    public void Solve_InputsThatDoNotVary_IsNull(float value)
    {
        foreach (int samples in new[] { 1, 2, 700, 1400 })
        {
            float[][] read = [.. Enumerable.Range(0, samples).Select(_ => new[] { value, 2 * value, 1 })];

            Taken(read, Numbers(samples, 2, seed: 1, mean: 0)).Solve(new float[6], hasIntercept: true, Damping).Should().BeNull("{0} samples", samples);
        }

        Taken([[0, 0], [0, 0]], [[1], [2]]).Solve(new float[2], hasIntercept: false, Damping).Should().BeNull();
    }

    [Theory]
    [InlineData(float.NaN, 0)]
    [InlineData(float.PositiveInfinity, 1)]
    [InlineData(float.NaN, 600)]
    [InlineData(float.NegativeInfinity, 1299)]
    public void Solve_NumberThatIsNotFinite_IsNull(float odd, int sample)
    {
        foreach (bool isInput in new[] { true, false })
        {
            float[][] read = Numbers(1300, 4, seed: 1, mean: 0);
            float[][] wanted = Numbers(1300, 2, seed: 2, mean: 0);
            (isInput ? read : wanted)[sample][1] = odd;

            NormalEquations equations = Taken(read, wanted);

            equations.IsFinite.Should().BeFalse();
            equations.Solve(new float[8], hasIntercept: true, Damping).Should().BeNull();
        }
    }

    [Fact]
    public void Solve_ProductsThatOverflow_IsNull()
    {
        NormalEquations equations = Taken([[1e25f], [-1e25f]], [[1], [2]]);

        equations.IsFinite.Should().BeTrue();
        equations.Solve([1], hasIntercept: true, Damping).Should().BeNull();
    }

    private static NormalEquations Taken(float[][] read, float[][] wanted, int threads = 2)
    {
        var equations = new NormalEquations(read[0].Length, wanted[0].Length, new ParallelOptions { MaxDegreeOfParallelism = threads });
        for (int sample = 0; sample < read.Length; sample++)
        {
            for (int i = 0; i < read[sample].Length; i++)
            {
                equations.Inputs[i * NormalEquations.Stride] = read[sample][i];
            }

            for (int i = 0; i < wanted[sample].Length; i++)
            {
                equations.Outputs[i * NormalEquations.Stride] = wanted[sample][i];
            }

            equations.Take();
        }

        equations.Samples.Should().Be(read.Length);
        return equations;
    }

    private static float[][] Numbers(int count, int width, int seed, double mean)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, width).Select(_ => (float)(mean + (2 * random.NextDouble()) - 1)).ToArray())];
    }

    /// <summary>(C + p I) W = R + p W0, by elimination.</summary>
    private static (double[] Weights, double[] Intercepts) Naive(float[][] read, float[][] wanted, float[] old, bool hasIntercept)
    {
        int inputs = read[0].Length;
        int outputs = wanted[0].Length;
        double[] readMeans = Means(read, hasIntercept);
        double[] wantedMeans = Means(wanted, hasIntercept);
        double[,] common = new double[inputs, inputs];
        for (int row = 0; row < inputs; row++)
        {
            for (int column = 0; column < inputs; column++)
            {
                common[row, column] = read.Average(sample => (sample[row] - readMeans[row]) * (sample[column] - readMeans[column]));
            }
        }

        double penalty = Damping * Enumerable.Range(0, inputs).Average(i => common[i, i]);
        double[] weights = new double[outputs * inputs];
        double[] intercepts = new double[outputs];
        for (int output = 0; output < outputs; output++)
        {
            double[] right = [.. Enumerable.Range(0, inputs).Select(input =>
                read.Zip(wanted, (x, y) => (x[input] - readMeans[input]) * (y[output] - wantedMeans[output])).Average() + (penalty * old[(output * inputs) + input]))];
            double[,] left = (double[,])common.Clone();
            for (int i = 0; i < inputs; i++)
            {
                left[i, i] += penalty;
            }

            double[] solved = Eliminated(left, right);
            solved.CopyTo(weights, output * inputs);
            intercepts[output] = wantedMeans[output] - solved.Zip(readMeans, static (weight, mean) => weight * mean).Sum();
        }

        return (weights, intercepts);
    }

    private static double[] Means(float[][] samples, bool hasIntercept) =>
        [.. Enumerable.Range(0, samples[0].Length).Select(i => hasIntercept ? samples.Average(sample => (double)sample[i]) : 0)];

    private static double[] Eliminated(double[,] left, double[] right)
    {
        int size = right.Length;
        for (int pivot = 0; pivot < size; pivot++)
        {
            for (int row = 0; row < size; row++)
            {
                double factor = row == pivot ? 0 : left[row, pivot] / left[pivot, pivot];
                for (int column = pivot; factor != 0 && column < size; column++)
                {
                    left[row, column] -= factor * left[pivot, column];
                }

                right[row] -= factor * right[pivot];
            }
        }

        return [.. right.Select((value, i) => value / left[i, i])];
    }
}
