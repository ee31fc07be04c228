using System.Collections.Immutable;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.HeadYolo;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Distillation;

/// <summary>Detectors for pictures of 32 x 32 with two heads, of 4 x 4 and of 8 x 8 cells, and as many channels as wanted.</summary>
internal static class TinyDetectors
{
    public static Network Make(int seed, int width, int classes = 2, int anchors = 2, string kind = "yolo", string name = "tiny")
    {
        var builder = new NetworkBuilder(seed, 3, 32, 32);
        string near = builder.ConvNormAct(builder.ConvNormAct("input", width, stride: 2), width, stride: 2);
        string far = builder.ConvNormAct(near, 2 * width, stride: 2);
        int channels = anchors * (5 + classes);
        string[] outputs = [builder.Conv(far, channels, 1, bias: true), builder.Conv(near, channels, 1, bias: true)];
        Network network = builder.Build(name);
        return network.With(network.Nodes, outputs.Select((output, i) => new Head(
            $"{output}.head",
            kind,
            output,
            new Dictionary<string, double[]>(StringComparer.Ordinal) { ["anchors"] = [4, 4, 6, 6, 9, 12, 14, 9], ["mask"] = [.. Enumerable.Range(i, anchors)], ["classes"] = [classes] }
                .ToImmutableSortedDictionary(static pair => pair.Key, static pair => pair.Value.ToImmutableArray(), StringComparer.Ordinal),
            new NodeOrigin(output, kind, null))));
    }

    public static IHead FindHead(string kind) => PluginFactory.Create<HeadYoloPlugin, IHead>(kind);
}
