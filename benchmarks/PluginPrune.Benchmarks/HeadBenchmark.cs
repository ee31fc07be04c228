using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Detecting;
using PluginPrune.HeadYolo;
using PluginPrune.TestKit;

namespace PluginPrune.Benchmarks;

/// <summary>Decoding and suppression for one picture of YOLOv3 at 416 x 416: 10,647 boxes of 80 classes, most of them nothing.</summary>
public class HeadBenchmark
{
    private static readonly ImmutableArray<double> Anchors = [10, 13, 16, 30, 33, 23, 30, 61, 62, 45, 59, 119, 116, 90, 156, 198, 373, 326];

    private readonly IDetectionHead _decoder = PluginFactory.Create<HeadYoloPlugin, IDetectionHead>("yolo");
    private readonly Shape _picture = new(3, 416, 416);
    private (Head Head, Shape Shape, float[] Values)[] _heads = [];
    private Candidates _candidates = new(80, 0);
    private NonMaximumSuppression _suppression = null!;

    [Params(0.25, 0.001)]
    public double Confidence { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        var random = new Random(1);
        _heads = [.. Enumerable.Range(0, 3).Select(i => Make(random, i))];
        _candidates = new Candidates(80, Confidence);
        _suppression = new NonMaximumSuppression(new DetectionSettings { Confidence = Confidence, Iou = 0.65, IsMultiLabel = true });
    }

    [Benchmark]
    public int Decode()
    {
        _candidates.Clear();
        foreach ((Head head, Shape shape, float[] values) in _heads)
        {
            _decoder.Decode(head, _picture, shape, values, _candidates);
        }

        return _candidates.Count;
    }

    [Benchmark]
    public int DecodeAndSuppress()
    {
        Decode();
        return _suppression.Suppress(_candidates).Length;
    }

    /// <summary>Logits of which one objectness in twenty is above 0.001 and one class in five: what trained networks show.</summary>
    private static (Head Head, Shape Shape, float[] Values) Make(Random random, int index)
    {
        int side = 13 << index;
        var shape = new Shape(255, side, side);
        ImmutableArray<double> mask = [.. Enumerable.Range(3 * (2 - index), 3).Select(static i => (double)i)];
        var head = new Head(
            "head",
            "yolo",
            "value",
            new Dictionary<string, ImmutableArray<double>>(StringComparer.Ordinal) { ["anchors"] = Anchors, ["mask"] = mask, ["classes"] = [80] }.ToImmutableSortedDictionary(StringComparer.Ordinal),
            new NodeOrigin("82", "yolo", null));
        float[] values = new float[shape.Count];
        for (int i = 0; i < values.Length; i++)
        {
            int channel = i / shape.ElementsPerChannel % 85;
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            values[i] = (float)(channel < 4 ? 0.5 * normal : channel == 4 ? -12 + (3.1 * normal) : -8 + (2 * normal));
        }

        return (head, shape, values);
    }
}
