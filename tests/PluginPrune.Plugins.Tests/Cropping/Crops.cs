using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Surgery;
using PluginPrune.FormatOnnx;
using PluginPrune.HeadClassify;
using PluginPrune.HeadYolo;
using PluginPrune.HeadYolov5;
using PluginPrune.Plugins.Tests.Darknet;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Cropping;

/// <summary>Crops networks as the host does, and runs them.</summary>
internal static class Crops
{
    public static NetworkCropper Cropper { get; } = new(FindHead);

    public static CropResult Of(Network network, string levels = "", params string[] classes) => Cropper.Crop(
        network,
        new CropRequest { DroppedLevels = [.. levels.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static name => NetworkCrop.LevelOf(name)!.Value)], Classes = [.. classes] },
        CancellationToken.None);

    /// <summary>What each head reads, for one picture.</summary>
    public static ImmutableArray<Batch<float>> Outputs(Network network)
    {
        using IExecutable<float> executable = Computing.Engine().Compile(network);
        Shape shape = network.Inputs[0].Shape;
        return executable.Run([new Batch<float>(1, shape, Computing.Picture(shape))], [.. network.Heads.Select(static head => head.Input)], CancellationToken.None);
    }

    /// <summary>What boxes without the classes that go are: for each anchor its box, its objectness and the classes that stay.</summary>
    public static float[] Channels(Batch<float> batch, int anchors, int classes, params int[] kept)
    {
        int length = batch.Shape.ElementsPerChannel;
        IEnumerable<int> channels = Enumerable.Range(0, anchors).SelectMany(anchor => Enumerable.Range(0, 5).Concat(kept.Select(static index => 5 + index)).Select(channel => (anchor * (5 + classes)) + channel));
        return [.. channels.SelectMany(channel => batch.Elements[(channel * length)..((channel + 1) * length)])];
    }

    private static IHead FindHead(string kind) => kind switch
    {
        "yolov5" => PluginFactory.Create<HeadYolov5Plugin, IHead>(kind),
        "boxes" => PluginFactory.Create<OnnxPlugin, IHead>(kind),
        "classify" => PluginFactory.Create<HeadClassifyPlugin, IHead>(kind),
        _ => PluginFactory.Create<HeadYoloPlugin, IHead>(kind),
    };
}
