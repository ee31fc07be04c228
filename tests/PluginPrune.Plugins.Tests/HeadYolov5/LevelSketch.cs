using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;
using PluginPrune.HeadYolov5;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.HeadYolov5;

/// <summary>A level of three anchors on 4 x 6 cells of 24 x 16 pixels, with random raw outputs for a few pictures of random objects.</summary>
internal sealed class LevelSketch
{
    public static readonly double[] Anchors = [10, 14, 37, 29, 81, 62];

    public LevelSketch(int seed, int pictures = 3, int classes = 3, double[]? level = null)
    {
        var random = new Random(seed);
        Classes = classes;
        Shape = new Shape(3 * (5 + classes), 4, 6);
        Head = new Head(
            "24.1",
            "yolov5",
            "24.m.1",
            ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, new Dictionary<string, ImmutableArray<double>>(StringComparer.Ordinal)
            {
                ["anchors"] = [.. Anchors],
                ["classes"] = [classes],
                ["level"] = [.. level ?? [1, 3]],
            }),
            new NodeOrigin("24.1", "Detect", null));

        // A few are far out, where probabilities are nearly 0 or 1.
        Values = [.. Enumerable.Range(0, pictures * Shape.Count).Select(_ => ((random.NextDouble() * 2) - 1) * (random.Next(20) != 0 ? 1.5 : 7))];

        // The second picture of each sketch is empty.
        Targets = [.. Enumerable.Range(0, pictures).Select(i => i == 1 ? [] : Enumerable.Range(0, 5).Select(_ => RandomTarget(random, classes)).ToList())];
    }

    public Head Head { get; }

    public Shape Shape { get; }

    public Shape Picture { get; } = new(3, 64, 144);

    public int Classes { get; }

    public double[] Values { get; set; }

    public List<List<TrainingTarget>> Targets { get; set; }

    public HeadLoss<T> Compute<T>(params (string Name, object Value)[] options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        HeadOf(options).ComputeLoss(Head, Picture, new Batch<T>(Targets.Count, Shape, [.. Values.Select(T.CreateTruncating)]), Targets);

    /// <summary>The loss with some options.</summary>
    public static ITrainableHead HeadOf(params (string Name, object Value)[] options) => PluginFactory.Create<HeadYolov5Plugin, ITrainableHead>(
        "yolov5", [.. options.Select(static option => (option.Name, Convert.ToString(option.Value, CultureInfo.InvariantCulture)!))]);

    /// <summary>Picture, anchor, channel, row and column.</summary>
    public int IndexOf(int picture, int anchor, int channel, int row, int column) =>
        (((((((picture * 3) + anchor) * (5 + Classes)) + channel) * Shape.Height) + row) * Shape.Width) + column;

    private static TrainingTarget RandomTarget(Random random, int classes)
    {
        double width = 3 + (random.NextDouble() * 110);
        double height = 3 + (random.NextDouble() * 60);
        return new TrainingTarget(
            random.Next(classes), Box.FromCenter(random.NextDouble() * 144, random.NextDouble() * 64, width, height), random.Next(2) == 0 ? 1 : 0.6);
    }
}
