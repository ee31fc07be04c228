using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.EngineManaged;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Darknet;

/// <summary>Runs networks with the managed engine.</summary>
internal static class Computing
{
    public static IEngine Engine() => PluginFactory.Create<ManagedEnginePlugin, IEngine>("managed");

    /// <summary>A picture whose numbers do not repeat soon.</summary>
    public static float[] Picture(Shape shape) => [.. Enumerable.Range(0, shape.Count).Select(static i => ((i * 7919) % 1009 / 1009f) - 0.25f)];

    /// <summary>The last output of a network.</summary>
    public static float[] Run(this Network network, float[]? picture = null)
    {
        using IExecutable<float> executable = Engine().Compile(network);
        Shape shape = network.Inputs[0].Shape;
        string output = network.Outputs[^1];
        return executable.Run([new Batch<float>(1, shape, picture ?? Picture(shape))], [output], CancellationToken.None)[0].Elements[..network.ShapeOf(output).Count];
    }

    /// <summary>Two values of a network for one picture.</summary>
    public static float[] RunValue(this Network network, string first, string second, out float[] other)
    {
        using IExecutable<float> executable = Engine().Compile(network);
        Shape shape = network.Inputs[0].Shape;
        var values = executable.Run([new Batch<float>(1, shape, Picture(shape))], [first, second], CancellationToken.None);
        other = values[1].Elements;
        return values[0].Elements;
    }
}
