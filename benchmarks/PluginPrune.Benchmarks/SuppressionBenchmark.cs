using BenchmarkDotNet.Attributes;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Core.Detecting;

namespace PluginPrune.Benchmarks;

/// <summary>Non-maximum suppression of many boxes on a picture of 640 x 640, without a limit on what stays.</summary>
public class SuppressionBenchmark
{
    private Candidates _candidates = new(1, 0);
    private NonMaximumSuppression _suppression = null!;

    [Params(1000, 30_000)]
    public int Boxes { get; set; }

    [Params(1, 80)]
    public int Classes { get; set; }

    [Params(Suppression.PerClass, Suppression.Merge)]
    public Suppression Kind { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        var random = new Random(1);
        _candidates = new Candidates(Classes, 0);
        for (int i = 0; i < Boxes; i++)
        {
            double size = 640 * Math.Pow(0.02, random.NextDouble());
            Box box = Box.FromCenter(640 * random.NextDouble(), 640 * random.NextDouble(), size * (0.5 + random.NextDouble()), size * (0.5 + random.NextDouble()));
            _candidates.Add(box, random.NextSingle())[random.Next(Classes)] = random.NextSingle();
        }

        _suppression = new NonMaximumSuppression(new DetectionSettings { Confidence = 0.001, Iou = 0.45, MaximumDetections = 0, Suppression = Kind });
    }

    [Benchmark]
    public int Suppress() => _suppression.Suppress(_candidates).Length;
}
