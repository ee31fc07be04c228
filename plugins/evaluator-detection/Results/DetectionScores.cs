using PluginPrune.EvaluatorDetection.Matching;
using PluginPrune.EvaluatorDetection.Operation;
using PluginPrune.EvaluatorDetection.Variants;

namespace PluginPrune.EvaluatorDetection.Results;

/// <summary>What was measured on labelled detections, wherever they come from.</summary>
internal sealed class DetectionScores
{
    private DetectionScores(VariantRules rules, ClassScores[] classes)
    {
        Rules = rules;
        Classes = classes;
        int[] present = [.. Enumerable.Range(0, classes.Length).Where(i => classes[i].Truths > 0)];
        Operation = present.Length == 0 ? null : rules.OperatingPoint.Find([.. present.Select(i => classes[i].Counts)]);
        Points = [.. classes.Select(static _ => new PointFigures(double.NaN, double.NaN))];
        for (int i = 0; i < present.Length; i++)
        {
            Points[present[i]] = Operation!.Classes[i];
        }
    }

    /// <summary>By what rules.</summary>
    public VariantRules Rules { get; }

    /// <summary>One entry a class.</summary>
    public ClassScores[] Classes { get; }

    /// <summary>The confidence that <see cref="Points"/> are told for; null where nothing is to be found.</summary>
    public OperatingFigures? Operation { get; }

    /// <summary>For each class precision and recall; NaN for classes without objects.</summary>
    public PointFigures[] Points { get; }

    /// <summary>Measures.</summary>
    /// <param name="pictures">All pictures, those without objects among them.</param>
    /// <param name="classes">How many classes there are; detections and labels are of one of them.</param>
    /// <param name="rules">How.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static DetectionScores Measure(
        IReadOnlyList<LabelledDetections> pictures, int classes, VariantRules rules, CancellationToken cancellationToken)
    {
        MatchedClass[] matched = DetectionMatching.Run(pictures, classes, rules, cancellationToken);
        var scorer = new ClassScorer(rules);
        var scores = new ClassScores[classes];
        Parallel.For(0, classes, new ParallelOptions { CancellationToken = cancellationToken }, i => scores[i] = scorer.Score(matched[i]));
        return new DetectionScores(rules, scores);
    }

    /// <summary>The mean of a class's figure over the classes that have one; NaN where none has.</summary>
    public double Mean(Func<ClassScores, double> figure) => Mean(Classes.Select(figure));

    /// <summary>The mean of a class's figure over the classes with objects.</summary>
    public double MeanPoint(Func<PointFigures, double> figure) => Mean(Points.Select(figure));

    /// <summary>mAP at an overlap.</summary>
    /// <param name="threshold">The overlap's place.</param>
    public double MeanAveragePrecision(int threshold) => Mean(scores => scores.AveragePrecision[0, threshold]);

    /// <summary>mAP@0.5:0.95.</summary>
    /// <param name="area">The range of areas.</param>
    public double MeanAveragePrecisionOverThresholds(int area) => Mean(scores => OverThresholds(i => scores.AveragePrecision[area, i]));

    /// <summary>The mean over the ten overlaps.</summary>
    public static double OverThresholds(Func<int, double> figure)
    {
        double sum = 0;
        for (int i = 0; i < VariantRules.MeanThresholds; i++)
        {
            sum += figure(i);
        }

        return sum / VariantRules.MeanThresholds;
    }

    private static double Mean(IEnumerable<double> figures)
    {
        double sum = 0;
        int count = 0;
        foreach (double figure in figures)
        {
            if (!double.IsNaN(figure))
            {
                sum += figure;
                count++;
            }
        }

        return count == 0 ? double.NaN : sum / count;
    }
}
