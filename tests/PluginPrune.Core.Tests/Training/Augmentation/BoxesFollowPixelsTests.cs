using System.Collections.Immutable;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;
using PluginPrune.Core.Images;
using PluginPrune.Core.Tests.Training.Loading;
using PluginPrune.Core.Training;

namespace PluginPrune.Core.Tests.Training.Augmentation;

/// <summary>A solid rectangle is drawn, the picture augmented, and the rectangle found again among its pixels.</summary>
public sealed class BoxesFollowPixelsTests
{
    private static readonly PictureSize Input = new(208, 160);

    // Each class has a colour of its own, far from black and from each other.
    private static readonly byte[][] Colors = [[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 0]];

    public static TheoryData<string, AugmentationSettings, ResizeMode, int> Cases => new()
    {
        { "letterbox", new(), ResizeMode.Letterbox, 1 },
        { "stretch", new(), ResizeMode.Stretch, 1 },
        { "left and right", new() { FlipHorizontal = 1 }, ResizeMode.Letterbox, 1 },
        { "top and bottom", new() { FlipVertical = 1 }, ResizeMode.Letterbox, 1 },
        { "moved", new() { Translation = 0.2 }, ResizeMode.Letterbox, 1 },
        { "scaled", new() { Scale = 0.5 }, ResizeMode.Stretch, 1 },
        { "turned", new() { Rotation = 180 }, ResizeMode.Letterbox, 1 },
        { "sheared", new() { Shear = 20 }, ResizeMode.Letterbox, 1 },
        { "four", new() { Mosaic = 1 }, ResizeMode.Letterbox, 1 },
        { "four, stretched", new() { Mosaic = 1 }, ResizeMode.Stretch, 1 },
        { "four, larger", new() { Mosaic = 1, FlipHorizontal = 0.5 }, ResizeMode.Letterbox, 2 },
        { "all", new() { Mosaic = 0.7, Rotation = 30, Scale = 0.5, Shear = 10, Translation = 0.1, FlipHorizontal = 0.5, FlipVertical = 0.5 }, ResizeMode.Letterbox, 1 },
        { "scripts", AugmentationPresets.YoloV3Scripts with { Hue = 0, Saturation = 0, Brightness = 0, MaximumAspect = null }, ResizeMode.Letterbox, 1 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_box_lies_where_its_rectangle_lies(string name, AugmentationSettings settings, ResizeMode mode, int larger)
    {
        _ = name;
        ImmutableArray<DatasetItem> items = [.. Enumerable.Range(0, Colors.Length).Select(MakeItem)];
        var loader = new TrainingLoader(items, Scene.Options(settings with { Fill = 0, MinimumSide = 8 }) with
        {
            InputSize = Input,
            Preprocessing = Preprocessing.Darknet with { Resize = mode },
        });
        PictureSize size = new(larger * Input.Width, larger * Input.Height);
        int compared = 0;
        for (int epoch = 0; epoch < 30; epoch++)
        {
            foreach (TrainingSample sample in loader.Samples(new TrainingEpoch(epoch) { SizeOf = _ => size }, CancellationToken.None))
            {
                // Of a class that is there several times the pixels cannot tell which is which. What was left out of it may be there too.
                foreach (IGrouping<int, TrainingTarget> targets in sample.Targets.GroupBy(static target => target.ClassIndex).Where(static group => group.Count() == 1))
                {
                    TrainingTarget target = targets.Single();
                    Box found = Find(sample.Picture, target, 5 * larger);

                    // Blurred edges count as the rectangle's where it has more than half of them; the tips of turned corners do not.
                    double most = (settings.Rotation > 0 ? 3 : 1.6) * larger;
                    Math.Abs(found.Left - target.Box.Left).Should().BeLessThan(most, "{0}: {1} {2}", epoch, found, target.Box);
                    Math.Abs(found.Top - target.Box.Top).Should().BeLessThan(most, "{0}: {1} {2}", epoch, found, target.Box);
                    Math.Abs(found.Right - target.Box.Right).Should().BeLessThan(most, "{0}: {1} {2}", epoch, found, target.Box);
                    Math.Abs(found.Bottom - target.Box.Bottom).Should().BeLessThan(most, "{0}: {1} {2}", epoch, found, target.Box);
                    compared++;
                }
            }
        }

        compared.Should().BeGreaterThan(40);
    }

    private static DatasetItem MakeItem(int index)
    {
        var picture = new Picture(new PictureSize(120 + (70 * index), 200 - (30 * index)));
        var box = new Box(20 + (10 * index), 30, 80 + (40 * index), 95);
        for (int y = (int)box.Top; y < box.Bottom; y++)
        {
            for (int x = (int)box.Left; x < box.Right; x++)
            {
                Colors[index].CopyTo(picture.Row(y)[(3 * x)..]);
            }
        }

        return Scene.Item($"{index}.png", picture, new ObjectLabel(index, box));
    }

    /// <summary>Around all pixels nearby that have more than half of the target's colour.</summary>
    private static Box Find(Picture picture, TrainingTarget target, int nearby)
    {
        byte[] color = Colors[target.ClassIndex];
        (int left, int top, int right, int bottom) = (int.MaxValue, int.MaxValue, 0, 0);
        for (int y = Math.Max(0, (int)target.Box.Top - nearby); y < Math.Min(picture.Height, target.Box.Bottom + nearby); y++)
        {
            for (int x = Math.Max(0, (int)target.Box.Left - nearby); x < Math.Min(picture.Width, target.Box.Right + nearby); x++)
            {
                ReadOnlySpan<byte> pixel = picture.Row(y).Slice(3 * x, 3);
                bool isIts = true;
                for (int channel = 0; channel < 3; channel++)
                {
                    isIts &= pixel[channel] > 127 == color[channel] > 127;
                }

                if (isIts)
                {
                    (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x + 1), Math.Max(bottom, y + 1));
                }
            }
        }

        return right == 0 ? default : new Box(left, top, right, bottom);
    }
}
