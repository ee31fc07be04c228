using System.Collections.Immutable;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Images;
using PluginPrune.Core.Tests.Images;
using PluginPrune.Core.Training;

namespace PluginPrune.Core.Tests.Training.Loading;

/// <summary>Labelled pictures and loaders of them.</summary>
internal static class Scene
{
    public static readonly PictureSize Input = new(64, 48);

    public static readonly Preprocessing Letterboxed = Preprocessing.Darknet with { Resize = ResizeMode.Letterbox };

    /// <summary>Noise of several sizes, each with up to three objects of random places.</summary>
    public static ImmutableArray<DatasetItem> Noise(int count) => [.. Enumerable.Range(0, count).Select(static i =>
    {
        var random = new Random(i);
        Picture picture = Pictures.Noise(20 + (i * 17 % 90), 20 + (i * 29 % 70), i);
        return Item($"{i}.png", picture, [.. Enumerable.Range(0, i % 4).Select(n => new ObjectLabel(n, RandomBox(random, picture.Size)))]);
    })];

    public static DatasetItem Item(string name, Picture picture, params ObjectLabel[] labels)
    {
        byte[] file = Pictures.Png(picture);
        return new DatasetItem(name, () => new MemoryStream(file), [.. labels]);
    }

    /// <summary>A box of which a part at least lies within the picture, most of them all.</summary>
    public static Box RandomBox(Random random, PictureSize size)
    {
        double width = size.Width * (0.02 + (0.6 * random.NextDouble()));
        double height = size.Height * (0.02 + (0.6 * random.NextDouble()));
        return Box.FromCenter(random.NextDouble() * size.Width, random.NextDouble() * size.Height, width, height);
    }

    public static TrainingLoaderOptions Options(AugmentationSettings settings) => new()
    {
        Preprocessing = Letterboxed,
        InputSize = Input,
        BatchSize = 4,
        Seed = 7,
        Augmentation = settings,
        Threads = 2,
    };
}
