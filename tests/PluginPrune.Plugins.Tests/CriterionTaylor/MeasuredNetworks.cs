using System.Collections.Immutable;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Contracts.Training;
using PluginPrune.Core.Measuring;
using PluginPrune.HeadClassify;
using PluginPrune.HeadYolo;
using PluginPrune.HeadYolov5;
using PluginPrune.Plugins.Tests.TorchEngine;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.CriterionTaylor;

/// <summary>Small networks of every kind of head, with labelled pictures of noise, and what measures them.</summary>
internal static class MeasuredNetworks
{
    public const string Normalized = "n1";
    public const string Pooled = "n4";
    public const string Plain = "n13";

    private const int Side = 24;
    private const int Classes = 2;

    /// <summary>A layer with a batch norm, one that is pooled, a residual block of two of them, one dropped out, a layer without a norm, and the head's.</summary>
    /// <param name="kind">The kind of the head.</param>
    /// <param name="seed">Of its numbers.</param>
    public static Network Of(string kind, int seed = 3)
    {
        var net = new NetworkBuilder(seed, 3, Side, Side);
        string first = net.ConvNormAct("input", 5, stride: 2);
        string pooled = net.Add(new MaxPool(Extent.Square(2), Extent.Square(2), default), net.ConvNormAct(first, 6));
        string branch = net.Act(net.Norm(net.Conv(pooled, 6)), ActivationKind.Silu);
        string sum = net.Add(new Dropout(0.5), net.Add(new Add(), branch, pooled));
        string scaled = net.Norm(sum);
        string plain = net.Act(net.Conv(scaled, 4, bias: true));
        bool isClassifier = kind == "classify";
        string output = isClassifier
            ? net.Linear(net.Add(new Flatten(), net.Add(new GlobalAveragePool(), plain)), Classes)
            : net.Conv(plain, 2 * (5 + Classes), 1, bias: true);
        var parameters = new Dictionary<string, ImmutableArray<double>>(StringComparer.Ordinal) { ["classes"] = [Classes], ["anchors"] = [5, 6, 11, 9] };
        parameters.Add(kind == "yolo" ? "mask" : "level", [0, 1]);
        Network network = net.Build(kind);
        return network.With(
            network.Nodes,
            [
                new Head(
                    "head", kind, output, (isClassifier ? [] : parameters).ToImmutableSortedDictionary(StringComparer.Ordinal), new NodeOrigin("head", kind, null)),
            ]);
    }

    public static IHead FindHead(string kind) => kind switch
    {
        "yolo" => PluginFactory.Create<HeadYoloPlugin, IHead>(kind),
        "yolov5" => PluginFactory.Create<HeadYolov5Plugin, IHead>(kind),
        _ => PluginFactory.Create<HeadClassifyPlugin, IHead>(kind),
    };

    /// <summary>Noise in PPM with an object or two each, or a class each for classifiers.</summary>
    public static LabelledPictures Pictures(string kind, int count, bool isLabelled = true) =>
        new(new Dataset("noise", [], [.. Enumerable.Range(0, count).Select(i => isLabelled ? Item(kind, i) : Item(kind, i) with { Labels = [], ClassIndex = null })]), badPictures: null) { Threads = 1 };

    public static ChannelMeter Meter(string kind, int pictures, bool isLabelled = true, int threads = 1) => new(
        (ITrainingEngine)Torch.Engine(("threads", threads.ToString(System.Globalization.CultureInfo.InvariantCulture))), Pictures(kind, pictures, isLabelled), FindHead);

    private static DatasetItem Item(string kind, int index)
    {
        var random = new Random(index);
        byte[] pixels = new byte[3 * Side * Side];
        random.NextBytes(pixels);
        byte[] file = [.. "P6 24 24 255\n"u8, .. pixels];
        ObjectLabel[] labels =
            [.. Enumerable.Range(0, 1 + (index % 2)).Select(i => new ObjectLabel((index + i) % Classes, Box.FromCenter(4 + (16 * random.NextDouble()), 4 + (16 * random.NextDouble()), 4 + (8 * random.NextDouble()), 9)))];
        return new DatasetItem($"{index}.ppm", () => new MemoryStream(file), kind == "classify" ? [] : [.. labels]) { ClassIndex = kind == "classify" ? index % Classes : null };
    }
}
