using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Plugins.Tests.Onnx;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.OnnxRuntime;

/// <summary>A file for any size computes at every size what a file for that size computes.</summary>
public sealed class DynamicSizeTests
{
    [OnnxRuntimeFact]
    public void A_detector_runs_at_other_sizes() => Check(OnnxNetworks.Detector(), (32, 48), (64, 32), (8, 8));

    [OnnxRuntimeFact]
    public void What_computes_shapes_runs_at_other_sizes()
    {
        var b = new NetworkBuilder(3, 8, 12, 12);
        string shuffled = b.Add(new ChannelShuffle(4), b.Conv("input", 8));
        string moved = b.Add(new Reorg(2), shuffled);
        string blocks = b.Add(new SpaceToDepth(2, ColumnsFirst: true), b.Act(b.Norm(shuffled), ActivationKind.Mish));
        b.Head(b.Conv(b.Add(new Concat(), moved, blocks), 5));

        Check(b.Build(), (12, 12), (24, 8), (4, 16));
    }

    private static void Check(Network network, params (int Height, int Width)[] sizes)
    {
        using var open = new OnnxSession(OnnxFile.Write(network, ("dynamic-size", "true"), ("dynamic-batch", "true")));
        foreach ((int height, int width) in sizes)
        {
            Network other = network.WithInputSize(height, width);
            (string Name, Shape Shape)[] outputs = [.. other.Outputs.Select(value => (value, other.ShapeOf(value)))];
            Batch<float> input = Ort.Pictures(2, other.Inputs[0].Shape);
            using IExecutable<float> executable = Ort.Create(1).Compile(other);

            float[][] actual = open.Run("input", input, outputs);

            var expected = executable.Run([input], other.Outputs, CancellationToken.None);
            for (int i = 0; i < outputs.Length; i++)
            {
                Ort.Difference(actual[i], expected[i].Elements).Should().BeLessThan(1e-5);
            }
        }
    }
}
