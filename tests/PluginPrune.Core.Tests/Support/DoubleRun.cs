using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.EngineManaged;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Support;

/// <summary>Runs networks in double precision.</summary>
internal static class DoubleRun
{
    private static readonly IDoublePrecisionEngine Engine = PluginFactory.Create<ManagedEnginePlugin, IDoublePrecisionEngine>("managed");

    /// <summary>The outputs that heads read, on one random picture.</summary>
    public static double[] Of(Network network, int seed)
    {
        var random = new Random(seed);
        double[] pixels = new double[network.Inputs[0].Shape.Count];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = random.NextDouble();
        }

        using IExecutable<double> executable = Engine.CompileDouble(network);
        ImmutableArray<Batch<double>> outputs = executable.Run(
            [new Batch<double>(1, network.Inputs[0].Shape, pixels)], network.Outputs, CancellationToken.None);
        return [.. outputs.SelectMany(static output => output.Elements)];
    }

    /// <summary>The largest difference over the largest magnitude of the first.</summary>
    public static double Distance(double[] reference, double[] other)
    {
        other.Should().HaveSameCount(reference);
        double worst = reference.Zip(other, static (left, right) => Math.Abs(left - right)).Max();
        double.IsNaN(worst).Should().BeFalse("a NaN is no agreement");
        return worst == 0 ? 0 : worst / reference.Max(static value => Math.Abs(value));
    }
}
