using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;
using PluginPrune.HeadYolo;
using PluginPrune.TestKit;

namespace PluginPrune.Benchmarks;

/// <summary>The loss and the gradient of all heads of YOLOv3 for a batch of 8 pictures of 416 x 416 with 12 objects each.</summary>
[MemoryDiagnoser]
public class LossBenchmark
{
    private static readonly double[] Anchors = [10, 13, 16, 30, 33, 23, 30, 61, 62, 45, 59, 119, 116, 90, 156, 198, 373, 326];

    private readonly ITrainableHead _trainable = PluginFactory.Create<HeadYoloPlugin, ITrainableHead>("yolo");
    private readonly Shape _picture = new(3, 416, 416);
    private (Head Head, Batch<float> Values)[] _heads = [];
    private List<List<TrainingTarget>> _targets = [];

    [Params(1, 80)]
    public int Classes { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        var random = new Random(1);
        _heads = [.. Enumerable.Range(0, 3).Select(i => (
            new Head(
                $"{i}.head",
                "yolo",
                "conv",
                new Dictionary<string, ImmutableArray<double>>(StringComparer.Ordinal)
                {
                    ["anchors"] = [.. Anchors],
                    ["mask"] = [6 - (3 * i), 7 - (3 * i), 8 - (3 * i)],
                    ["num"] = [9],
                    ["classes"] = [Classes],
                    ["ignore_thresh"] = [0.7],
                }.ToImmutableSortedDictionary(StringComparer.Ordinal),
                new NodeOrigin("1", "yolo", 1)),
            Noise(random, new Shape(3 * (5 + Classes), 13 << i, 13 << i))))];
        _targets = [.. Enumerable.Range(0, 8).Select(_ => Enumerable.Range(0, 12).Select(_ => new TrainingTarget(
            random.Next(Classes),
            Box.FromCenter(random.NextDouble() * 416, random.NextDouble() * 416, 10 + (random.NextDouble() * 150), 10 + (random.NextDouble() * 150)))).ToList())];
    }

    [Benchmark]
    public double Loss()
    {
        double sum = 0;
        foreach ((Head head, Batch<float> values) in _heads)
        {
            sum += _trainable.ComputeLoss(head, _picture, values, _targets).Terms[0].Value;
        }

        return sum;
    }

    private static Batch<float> Noise(Random random, Shape shape) =>
        new(8, shape, [.. Enumerable.Range(0, 8 * shape.Count).Select(_ => (random.NextSingle() * 4) - 3)]);
}
