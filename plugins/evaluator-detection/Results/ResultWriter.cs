using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.EvaluatorDetection.Integrals;
using PluginPrune.EvaluatorDetection.Operation;

namespace PluginPrune.EvaluatorDetection.Results;

/// <summary>Writes scores as an evaluator's result.</summary>
/// <param name="scores">The scores.</param>
/// <param name="names">What the classes are called.</param>
internal sealed class ResultWriter(DetectionScores scores, ImmutableArray<string> names)
{
    private const int Small = 1;
    private const int Medium = 2;
    private const int Large = 3;
    private const int CurvePoints = 101;

    private readonly string _iou = scores.Rules.Iou.ToString("0.0##", CultureInfo.InvariantCulture);

    /// <summary>Writes.</summary>
    /// <param name="pictures">How many pictures there were.</param>
    public EvaluationResult Write(int pictures)
    {
        List<Metric> metrics =
        [
            Share($"mAP@{_iou}", scores.MeanAveragePrecision(scores.Rules.IouIndex)),
            Share("mAP@0.5:0.95", scores.MeanAveragePrecisionOverThresholds(0)),
            Share("precision", scores.MeanPoint(static point => point.Precision)),
            Share("recall", scores.MeanPoint(static point => point.Recall)),
            Share("F1", scores.MeanPoint(static point => point.F1)),
            new("confidence", scores.Operation?.Confidence ?? double.NaN, string.Empty, MetricDirection.Neutral, 3),
        ];
        if (scores.Rules.IsCoco)
        {
            metrics.AddRange(CocoMetrics());
        }

        metrics.Add(new Metric("pictures", pictures, string.Empty, MetricDirection.Neutral, 0));
        metrics.Add(new Metric("objects", scores.Classes.Sum(static ofClass => ofClass.Truths), string.Empty, MetricDirection.Neutral, 0));
        return new EvaluationResult([.. metrics]) { Tables = [PerClass()], Curves = [.. Curves()] };
    }

    private static Metric Share(string name, double value) => new(name, value, string.Empty, MetricDirection.Higher, 4);

    private IEnumerable<Metric> CocoMetrics() =>
    [
        Share("mAP@0.75", scores.MeanAveragePrecision(5)),
        Share("mAP small", scores.MeanAveragePrecisionOverThresholds(Small)),
        Share("mAP medium", scores.MeanAveragePrecisionOverThresholds(Medium)),
        Share("mAP large", scores.MeanAveragePrecisionOverThresholds(Large)),
        Share("AR@1", scores.Mean(static ofClass => ofClass.Truths == 0 ? double.NaN : DetectionScores.OverThresholds(t => ofClass.RecallOfFew.One[t]))),
        Share("AR@10", scores.Mean(static ofClass => ofClass.Truths == 0 ? double.NaN : DetectionScores.OverThresholds(t => ofClass.RecallOfFew.Ten[t]))),
        Share("AR@100", MeanRecall(0)),
        Share("AR small", MeanRecall(Small)),
        Share("AR medium", MeanRecall(Medium)),
        Share("AR large", MeanRecall(Large)),
    ];

    private double MeanRecall(int area) => scores.Mean(ofClass => DetectionScores.OverThresholds(t => ofClass.Recall[area, t]));

    private MetricTable PerClass()
    {
        var rows = ImmutableArray.CreateBuilder<MetricRow>();
        for (int i = 0; i < scores.Classes.Length; i++)
        {
            ClassScores ofClass = scores.Classes[i];
            PointFigures point = scores.Points[i];
            rows.Add(new MetricRow(
                names[i],
                [
                    ofClass.Truths,
                    ofClass.Detections,
                    ofClass.AveragePrecision[0, scores.Rules.IouIndex],
                    DetectionScores.OverThresholds(t => ofClass.AveragePrecision[0, t]),
                    point.Precision,
                    point.Recall,
                    point.F1,
                ]));
        }

        return new MetricTable(
            "Per class",
            "class",
            [
                new("objects", double.NaN, string.Empty, MetricDirection.Neutral, 0),
                new("detections", double.NaN, string.Empty, MetricDirection.Neutral, 0),
                Share($"AP@{_iou}", double.NaN),
                Share("AP@0.5:0.95", double.NaN),
                Share("precision", double.NaN),
                Share("recall", double.NaN),
                Share("F1", double.NaN),
            ],
            rows.ToImmutable());
    }

    private IEnumerable<Curve> Curves()
    {
        ImmutableArray<double> recalls = [.. SampledCurve.CocoRecalls];
        int[] present = [.. Enumerable.Range(0, scores.Classes.Length).Where(i => scores.Classes[i].Truths > 0)];
        if (present.Length == 0)
        {
            yield break;
        }

        yield return new Curve("all classes", "recall", "precision", recalls,
            [.. Enumerable.Range(0, recalls.Length).Select(at => present.Average(i => scores.Classes[i].PrecisionAtRecalls[at]))]);
        foreach (int i in present)
        {
            yield return new Curve(names[i], "recall", "precision", recalls, [.. scores.Classes[i].PrecisionAtRecalls]);
        }

        if (scores.Operation is { Confidences: { Length: > 0 } confidences } operation)
        {
            // Fewer points than were measured: enough for an eye or a threshold.
            int[] shown = [.. Enumerable.Range(0, CurvePoints).Select(i => i * (confidences.Length - 1) / (CurvePoints - 1))];
            yield return new Curve("all classes", "confidence", "F1", [.. shown.Select(i => confidences[i])], [.. shown.Select(i => operation.MeanF1[i])]);
        }
    }
}
