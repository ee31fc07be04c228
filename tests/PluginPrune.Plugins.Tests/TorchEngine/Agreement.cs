using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Plugins.Tests.ManagedEngine;

namespace PluginPrune.Plugins.Tests.TorchEngine;

/// <summary>Holds what the torch engine computes against the embedded engine in double precision.</summary>
internal static class Agreement
{
    public const double Tolerance = 1e-4;

    /// <summary>Compares values of a network on pictures of chance.</summary>
    public static void Check(Network network, Random random, int pictures, double range, params string[] values)
    {
        using IExecutable<float> executable = Torch.Engine().Compile(network);
        Check(network, executable, random, pictures, range, values);
    }

    /// <summary>Compares what an executable gives, twice, so that nothing of the first run shows in the second.</summary>
    public static void Check(
        Network network, IExecutable<float> executable, Random random, int pictures, double range, params string[] values)
    {
        Batch<float>[] inputs =
        [
            .. network.Inputs.Select(input => new Batch<float>(
                pictures, input.Shape, new NetworkSketch(random).Numbers(pictures * input.Shape.Count, -range, range))),
        ];
        float[][] before = [.. inputs.Select(static input => input.Elements.ToArray())];
        using IExecutable<double> reference = Engines.Create(1).CompileDouble(network);
        ImmutableArray<Batch<double>> expected = reference.Run(
            [.. inputs.Select(static input => new Batch<double>(input.Size, input.Shape, Array.ConvertAll(input.Elements, static x => (double)x)))],
            values,
            CancellationToken.None);

        executable.Run(inputs, values, CancellationToken.None);
        ImmutableArray<Batch<float>> actual = executable.Run(inputs, values, CancellationToken.None);

        for (int i = 0; i < values.Length; i++)
        {
            actual[i].Size.Should().Be(pictures);
            actual[i].Shape.Should().Be(network.ShapeOf(values[i]));
            Comparison.ShouldBeClose(
                Array.ConvertAll(actual[i].Elements, static x => (double)x), expected[i].Elements, Tolerance, $"{network.Name}: {network.Find(values[i])}");
        }

        inputs.Select(static input => input.Elements).Should().Equal(before, static (now, then) => now.AsSpan().SequenceEqual(then));
    }
}
