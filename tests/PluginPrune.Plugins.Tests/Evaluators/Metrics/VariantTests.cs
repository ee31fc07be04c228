using System.Globalization;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.EvaluatorDetection;
using PluginPrune.EvaluatorDetection.Results;
using PluginPrune.EvaluatorDetection.Variants;

namespace PluginPrune.Plugins.Tests.Evaluators.Metrics;

/// <summary>Every figure of every variant on generated cases, held to its definition.</summary>
public sealed class VariantTests
{
    private const int Cases = 200;
    private const double Tolerance = 1e-6;

    private static readonly string[] PointFigures = ["precision", "recall", "F1", "confidence"];
    private static readonly double[] Hundredths = [.. Enumerable.Range(0, 101).Select(static i => i == 100 ? 1 : i * 0.01)];

    [Fact]
    public void Coco_counts_by_area_and_number_of_detections() => ForEachCase(MetricVariant.Coco, ReferenceMetrics.Coco, Sampled, (scores, pictures, classes, result) =>
    {
        string[] sizes = [string.Empty, " small", " medium", " large"];
        for (int area = 0; area < sizes.Length; area++)
        {
            string map = area == 0 ? "mAP@0.5:0.95" : $"mAP{sizes[area]}";
            string recall = area == 0 ? "AR@100" : $"AR{sizes[area]}";
            int where = area;
            ShouldBe(result.Metric(map), Mean(classes, (c, overlap) => Sampled(Curve(pictures, ReferenceMetrics.Coco, c, overlap, where))));
            ShouldBe(result.Metric(recall), Mean(classes, (c, overlap) => Recall(pictures, c, overlap, where, int.MaxValue)));
        }

        ShouldBe(result.Metric("AR@1"), Mean(classes, (c, overlap) => Recall(pictures, c, overlap, 0, 1)));
        ShouldBe(result.Metric("AR@10"), Mean(classes, (c, overlap) => Recall(pictures, c, overlap, 0, 10)));
        ShouldBe(result.Metric("mAP@0.75"), classes.Select(c => Sampled(Curve(pictures, ReferenceMetrics.Coco, c, ReferenceMetrics.Overlaps[5], 0))).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average());
    });

    [Fact]
    public void Voc_measures_the_area_below_the_curve() =>
        ForEachCase(MetricVariant.Voc, ReferenceMetrics.Voc, static curve => curve is { } c ? ReferenceCurves.Area(c.Recall, c.Precision) : double.NaN);

    [Fact]
    public void Voc_of_2007_samples_eleven_recalls() =>
        ForEachCase(MetricVariant.Voc11, ReferenceMetrics.Voc, static curve => curve is { } c
            ? ReferenceCurves.Sampled(c.Recall, c.Precision, [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1])
            : double.NaN);

    [Fact]
    public void The_scripts_draw_a_trapezoid_that_ends_with_the_curve_and_tell_its_end() =>
        ForEachCase(MetricVariant.Yolov3Scripts, ReferenceMetrics.Scripts, static curve => curve is { } c
            ? ReferenceCurves.Trapezoid(c.Recall, c.Precision, 0, 1e-3)
            : double.NaN);

    [Theory]
    [InlineData("Yolov5")]
    [InlineData("Yolov5At70")]
    public void Yolov5_draws_a_trapezoid_to_recall_1(string variant) =>
        ForEachCase(Enum.Parse<MetricVariant>(variant), ReferenceMetrics.Yolov5, static curve => curve is { } c
            ? ReferenceCurves.Trapezoid(c.Recall, c.Precision, 1, 1)
            : double.NaN);

    [Fact]
    public void Yolov5_of_6_0_matches_once_and_compares_the_overlaps_afterwards() =>
        ForEachCase(MetricVariant.Yolov5At60, ReferenceMetrics.Yolov5At60, static curve => curve is { } c
            ? ReferenceCurves.Trapezoid(c.Recall, c.Precision, 1, 1)
            : double.NaN);

    [Fact]
    public void Yolov5_of_5_0_does_so_too_and_its_trapezoid_ends_with_the_curve() =>
        ForEachCase(MetricVariant.Yolov5At50, ReferenceMetrics.Yolov5At50, static curve => curve is { } c
            ? ReferenceCurves.Trapezoid(c.Recall, c.Precision, 1, 0.01, double.PositiveInfinity)
            : double.NaN);

    private static void ForEachCase(
        MetricVariant variant,
        ReferenceMetrics.Matching match,
        Func<(double[] Recall, double[] Precision)?, double> integrate,
        Action<DetectionScores, LabelledDetections[], int[], EvaluationResult>? check = null)
    {
        int interesting = 0;
        for (int seed = 0; seed < Cases; seed++)
        {
            (LabelledDetections[] pictures, int count) = GeneratedCase.Make(seed);
            int[] classes = [.. Enumerable.Range(0, count)];
            DetectionScores scores = DetectionScores.Measure(pictures, count, VariantRules.Of(variant, 0.5), CancellationToken.None);
            EvaluationResult result = new ResultWriter(scores, [.. classes.Select(static c => c.ToString(CultureInfo.InvariantCulture))]).Write(pictures.Length);
            try
            {
                foreach (int c in classes)
                {
                    for (int t = 0; t < 10; t++)
                    {
                        ShouldBe(scores.Classes[c].AveragePrecision[0, t], integrate(Curve(pictures, match, c, ReferenceMetrics.Overlaps[t], 0)));
                    }
                }

                ShouldBe(result.Metric("mAP@0.5"), classes.Select(c => integrate(Curve(pictures, match, c, 0.5, 0))).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average());
                ShouldBe(result.Metric("mAP@0.5:0.95"), Mean(classes, (c, overlap) => integrate(Curve(pictures, match, c, overlap, 0))));
                CheckPoint(variant, result, [.. classes.Select(c => match(pictures, c, 0.5, ReferenceMetrics.Areas[0])).Where(static ofClass => ofClass.Truths > 0)]);
                check?.Invoke(scores, pictures, classes, result);
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"Seed {seed}: {fault.Message}", fault);
            }

            interesting += result.Metric("mAP@0.5:0.95") is > 0.02 and < 0.98 ? 1 : 0;
        }

        interesting.Should().BeGreaterThan(Cases / 2);
    }

    private static void CheckPoint(MetricVariant variant, EvaluationResult result, List<(List<ReferenceMetrics.Outcome> Outcomes, int Truths)> classes)
    {
        if (classes.Count == 0)
        {
            PointFigures.Should().OnlyContain(name => double.IsNaN(result.Metric(name)));
            return;
        }

        (double Precision, double Recall, double F1)[] wanted;
        if (variant == MetricVariant.Yolov3Scripts)
        {
            wanted = [.. classes.Select(static ofClass =>
            {
                double hits = ofClass.Outcomes.Count(static outcome => outcome.IsTrue);
                double p = ofClass.Outcomes.Count == 0 ? 0 : hits / ofClass.Outcomes.Count;
                double r = hits / ofClass.Truths;
                return (p, r, 2 * p * r / (p + r + 1e-16));
            })];
        }
        else
        {
            double confidence;
            (confidence, wanted) = ReferenceCurves.AtBestF1(classes, smooths: variant is not (MetricVariant.Yolov5At50 or MetricVariant.Yolov5At60));
            ShouldBe(result.Metric("confidence"), confidence);
        }

        ShouldBe(result.Metric("precision"), wanted.Average(static point => point.Precision));
        ShouldBe(result.Metric("recall"), wanted.Average(static point => point.Recall));
        ShouldBe(result.Metric("F1"), wanted.Average(static point => point.F1));
    }

    private static (double[] Recall, double[] Precision)? Curve(LabelledDetections[] pictures, ReferenceMetrics.Matching match, int classIndex, double overlap, int area)
    {
        (List<ReferenceMetrics.Outcome> outcomes, int truths) = match(pictures, classIndex, overlap, ReferenceMetrics.Areas[area]);
        return truths == 0 ? null : ReferenceCurves.Of(outcomes, truths);
    }

    private static double Sampled((double[] Recall, double[] Precision)? curve) => curve is { } c ? ReferenceCurves.Sampled(c.Recall, c.Precision, Hundredths) : double.NaN;

    private static double Recall(LabelledDetections[] pictures, int classIndex, double overlap, int area, int most)
    {
        (List<ReferenceMetrics.Outcome> outcomes, int truths) = ReferenceMetrics.Coco(pictures, classIndex, overlap, ReferenceMetrics.Areas[area]);
        return truths == 0 ? double.NaN : (double)outcomes.Count(outcome => outcome.IsTrue && outcome.Rank < most) / truths;
    }

    private static double Mean(int[] classes, Func<int, double, double> figure) =>
        classes.SelectMany(c => ReferenceMetrics.Overlaps.Select(overlap => figure(c, overlap))).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    private static void ShouldBe(double found, double wanted)
    {
        if (!(Math.Abs(found - wanted) <= Tolerance) && !(double.IsNaN(found) && double.IsNaN(wanted)))
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"found {found}, wanted {wanted}"));
        }
    }
}
