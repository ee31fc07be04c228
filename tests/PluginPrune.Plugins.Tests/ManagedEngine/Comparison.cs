using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Plugins.Tests.ManagedEngine;

/// <summary>Runs a network in both precisions and holds its values against the naive reference.</summary>
internal static class Comparison
{
    private const double SingleTolerance = 1e-5;
    private const double DoubleTolerance = 1e-12;

    public static void Check(Network network, Random random, int pictures, double range, params string[] values)
    {
        float[][] inputs =
        [
            .. network.Inputs.Select(input => new NetworkSketch(random).Numbers(pictures * input.Shape.Count, -range, range)),
        ];
        Dictionary<string, double[]>[] expected =
        [
            .. Enumerable.Range(0, pictures).Select(picture => Naive.Run(network, [.. network.Inputs.Select((input, i) =>
                inputs[i].Skip(picture * input.Shape.Count).Take(input.Shape.Count).Select(static x => (double)x).ToArray())])),
        ];

        foreach (int threads in new[] { 1, 2, 3 })
        {
            IDoublePrecisionEngine engine = Engines.Create(threads);
            Check(network, engine.Compile(network), inputs, static x => x, pictures, values, expected, SingleTolerance);
            Check(network, engine.CompileDouble(network), inputs, static x => x, pictures, values, expected, DoubleTolerance);
        }
    }

    public static void ShouldBeClose(IReadOnlyList<double> actual, IReadOnlyList<double> expected, double tolerance, string because)
    {
        actual.Should().HaveCount(expected.Count, because);
        double scale = expected.Max(Math.Abs);
        for (int i = 0; i < actual.Count; i++)
        {
            double error = Math.Abs(actual[i] - expected[i]);
            if (!(error <= tolerance * Math.Max(scale, 1e-30)))
            {
                actual[i].Should().BeApproximately(expected[i], tolerance * scale, $"{because}, element {i}");
            }
        }
    }

    private static void Check<T>(
        Network network,
        IExecutable<T> executable,
        float[][] inputs,
        Converter<float, T> convert,
        int pictures,
        string[] values,
        Dictionary<string, double[]>[] expected,
        double tolerance)
        where T : unmanaged, IConvertible
    {
        using (executable)
        {
            Batch<T>[] batches =
                [.. network.Inputs.Select((input, i) => new Batch<T>(pictures, input.Shape, Array.ConvertAll(inputs[i], convert)))];

            // Twice, so that buffers with the contents of the first run are used again.
            executable.Run(batches, values, CancellationToken.None);
            var results = executable.Run(batches, values, CancellationToken.None);
            for (int i = 0; i < values.Length; i++)
            {
                results[i].Size.Should().Be(pictures);
                results[i].Shape.Should().Be(network.ShapeOf(values[i]));
                double[] actual = Array.ConvertAll(results[i].Elements, static x => x.ToDouble(null));
                double[] wanted = [.. expected.SelectMany(picture => picture[values[i]])];
                ShouldBeClose(actual, wanted, tolerance, $"{values[i]} in {typeof(T).Name}");
            }
        }
    }
}
