using System.Globalization;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.EngineManaged;
using PluginPrune.EngineOnnxRuntime;
using PluginPrune.FormatOnnx;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.OnnxRuntime;

/// <summary>Gets the engine the way the host does, and holds it against the embedded one.</summary>
internal static class Ort
{
    /// <summary>Why ONNX Runtime cannot be used here, or null.</summary>
    public static string? Missing { get; } = FindMissing();

    public static IDescribedEngine Create(int threads = 0) => PluginFactory.Create<OnnxRuntimePlugin, IDescribedEngine>(
        "onnxruntime", new PluginServices(new OnnxPlugin()), ("threads", threads.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Runs a network in both engines; all values must agree to 1e-4 of the largest.</summary>
    public static void ShouldAgree(Network network, int pictures = 1, IReadOnlyList<string>? values = null)
    {
        values ??= network.Outputs;
        Batch<float>[] inputs = [.. network.Inputs.Select(input => Pictures(pictures, input.Shape))];
        using IExecutable<float> reference = PluginFactory.Create<ManagedEnginePlugin, IEngine>("managed").Compile(network);
        using IExecutable<float> executable = Create().Compile(network);

        var expected = reference.Run(inputs, values, CancellationToken.None);
        var actual = executable.Run(inputs, values, CancellationToken.None);

        actual.Should().HaveCount(values.Count);
        for (int i = 0; i < values.Count; i++)
        {
            actual[i].Size.Should().Be(pictures);
            actual[i].Shape.Should().Be(expected[i].Shape);
            Difference(actual[i].Elements, expected[i].Elements).Should().BeLessThan(1e-4, "of {0} in {1}", values[i], network.Name);
        }
    }

    /// <summary>The largest difference, relative to the largest value; what is not finite must be equal.</summary>
    public static double Difference(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected)
    {
        actual.Length.Should().Be(expected.Length);
        double largest = 1e-30;
        double worst = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            if (float.IsFinite(expected[i]) && float.IsFinite(actual[i]))
            {
                largest = Math.Max(largest, Math.Abs(expected[i]));
                worst = Math.Max(worst, Math.Abs((double)expected[i] - actual[i]));
            }
            else if (!expected[i].Equals(actual[i]))
            {
                return double.PositiveInfinity;
            }
        }

        return worst / largest;
    }

    /// <summary>Numbers of 0 to 1 that do not repeat soon.</summary>
    public static Batch<float> Pictures(int pictures, Shape shape) => new(
        pictures, shape, [.. Enumerable.Range(0, pictures * shape.Count).Select(static i => i * 7919L % 10007 / 10007f)]);

    private static string? FindMissing()
    {
        try
        {
            Create().Describe();
            return null;
        }
        catch (EngineUnavailableException error)
        {
            return error.Message;
        }
    }
}
