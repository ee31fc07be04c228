using BenchmarkDotNet.Attributes;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;
using PluginPrune.EvaluatorDetection;
using PluginPrune.EvaluatorDetection.Results;
using PluginPrune.EvaluatorDetection.Variants;

namespace PluginPrune.Benchmarks;

/// <summary>Mean average precision of a set of COCO's size: 5,000 pictures, 36,000 objects of 80 classes, 300 detections a picture.</summary>
public class MetricBenchmark
{
    private const int Classes = 80;
    private const int PictureCount = 5000;
    private const int Objects = 36_000;
    private const int DetectionsPerPicture = 300;

    private LabelledDetections[] _pictures = [];

    [Params("Coco", "Voc", "Yolov3Scripts", "Yolov5")]
    public string Variant { get; set; } = string.Empty;

    [GlobalSetup]
    public void Prepare()
    {
        var random = new Random(1);
        int[] counts = new int[PictureCount];
        for (int i = 0; i < Objects; i++)
        {
            counts[random.Next(PictureCount)]++;
        }

        _pictures = [.. counts.Select(count => Picture(random, count))];
    }

    [Benchmark]
    public double Measure() =>
        DetectionScores.Measure(_pictures, Classes, VariantRules.Of(Enum.Parse<MetricVariant>(Variant), 0.5), CancellationToken.None).MeanAveragePrecision(0);

    /// <summary>Half of the detections are near an object, most of them of its class; the others lie anywhere, as at a low confidence.</summary>
    private static LabelledDetections Picture(Random random, int objects)
    {
        ObjectLabel[] labels = [.. Enumerable.Range(0, objects).Select(_ => new ObjectLabel((int)(Classes * Math.Pow(random.NextDouble(), 2)), RandomBox(random)))];
        var detections = new List<Detection>();
        for (int i = 0; i < DetectionsPerPicture; i++)
        {
            if (labels.Length > 0 && i % 2 == 0)
            {
                ObjectLabel near = labels[random.Next(labels.Length)];
                Box box = Box.FromCenter(
                    ((near.Box.Left + near.Box.Right) / 2) + (near.Box.Width * Jitter(random)),
                    ((near.Box.Top + near.Box.Bottom) / 2) + (near.Box.Height * Jitter(random)),
                    near.Box.Width * (1 + Jitter(random)),
                    near.Box.Height * (1 + Jitter(random)));
                detections.Add(new Detection(box, random.Next(4) > 0 ? near.ClassIndex : random.Next(Classes), random.NextSingle()));
            }
            else
            {
                detections.Add(new Detection(RandomBox(random), random.Next(Classes), random.NextSingle() / 5));
            }
        }

        return new LabelledDetections([.. detections.OrderByDescending(static detection => detection.Score)], [.. labels]);
    }

    private static double Jitter(Random random) => 0.6 * (random.NextDouble() - 0.5);

    private static Box RandomBox(Random random)
    {
        double size = 640 * Math.Pow(0.02, random.NextDouble());
        return Box.FromCenter(640 * random.NextDouble(), 480 * random.NextDouble(), size * (0.5 + random.NextDouble()), size * (0.5 + random.NextDouble()));
    }
}
