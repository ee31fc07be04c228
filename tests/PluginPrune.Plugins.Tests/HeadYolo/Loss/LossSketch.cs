using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;
using PluginPrune.HeadYolo;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.HeadYolo.Loss;

/// <summary>A head of two anchors out of five on 4 x 6 cells of 24 x 16 pixels, with random raw outputs for a few pictures of random objects.</summary>
internal sealed class LossSketch
{
    public static readonly double[] Anchors = [10, 14, 23, 27, 37, 58, 81, 82, 135, 40];

    public LossSketch(int seed, int pictures = 3, int classes = 3, bool isActivated = false, double stretch = 1, int[]? mask = null)
    {
        mask ??= [1, 3];
        var random = new Random(seed);
        Shape = new Shape(mask.Length * (5 + classes), 4, 6);
        Head = new Head(
            "7.head",
            "yolo",
            "6.conv",
            new Dictionary<string, double[]>(StringComparer.Ordinal)
            {
                ["anchors"] = Anchors,
                ["mask"] = [.. mask.Select(static index => (double)index)],
                ["num"] = [Anchors.Length / 2],
                ["classes"] = [classes],
                ["new_coords"] = [isActivated ? 1 : 0],
                ["scale_x_y"] = [stretch],
                ["ignore_thresh"] = [0.3],
            }.ToImmutableSortedDictionary(static pair => pair.Key, static pair => pair.Value.ToImmutableArray(), StringComparer.Ordinal),
            new NodeOrigin("7", "yolo", 70));
        Values = new double[pictures * Shape.Count];
        for (int i = 0; i < Values.Length; i++)
        {
            // A few are far out, where probabilities are nearly 0 or 1; not too near where the logarithm of the value itself is taken.
            double logit = ((random.NextDouble() * 2) - 1) * (random.Next(20) != 0 ? 1.5 : isActivated ? 3 : 9);
            Values[i] = isActivated ? 1 / (1 + Math.Exp(-logit)) : logit;
        }

        // The second picture of each sketch is empty.
        Targets = [.. Enumerable.Range(0, pictures).Select(i => i == 1 ? [] : Enumerable.Range(0, 4).Select(_ => RandomTarget(random, classes)).ToList())];
    }

    public Head Head { get; }

    public Shape Shape { get; }

    public Shape Picture { get; } = new(3, 64, 144);

    public double[] Values { get; set; }

    public List<List<TrainingTarget>> Targets { get; set; }

    public HeadLoss<T> Compute<T>(params (string Name, object Value)[] options)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var batch = new Batch<T>(Targets.Count, Shape, [.. Values.Select(T.CreateTruncating)]);
        return HeadOf(options).ComputeLoss(Head, Picture, batch, Targets);
    }

    /// <summary>The loss with some options.</summary>
    public static ITrainableHead HeadOf(params (string Name, object Value)[] options) => PluginFactory.Create<HeadYoloPlugin, ITrainableHead>(
        "yolo", [.. options.Select(static option => (option.Name, Convert.ToString(option.Value, CultureInfo.InvariantCulture)!))]);

    /// <summary>Picture, anchor of the head, channel, row and column.</summary>
    public int IndexOf(int picture, int anchor, int channel, int row, int column) =>
        ((((((picture * (int)Head.Parameters["mask"].Length) + anchor) * (5 + (int)Head.Number("classes", 0))) + channel) * Shape.Height) + row) * Shape.Width + column;

    private static TrainingTarget RandomTarget(Random random, int classes)
    {
        double width = 8 + (random.NextDouble() * 60);
        double height = 8 + (random.NextDouble() * 40);
        double x = random.NextDouble() * 144;
        double y = random.NextDouble() * 64;
        return new TrainingTarget(random.Next(classes), Box.FromCenter(x, y, width, height), random.Next(2) == 0 ? 1 : 0.6);
    }
}
