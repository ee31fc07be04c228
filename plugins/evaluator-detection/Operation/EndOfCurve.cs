namespace PluginPrune.EvaluatorDetection.Operation;

/// <summary>All detections count, as in the YOLOv3 pruning scripts: precision is small where the confidence asked for is.</summary>
internal sealed class EndOfCurve : IOperatingPoint
{
    public OperatingFigures Find(IReadOnlyList<ClassCounts> classes) => new(
        double.NaN,
        [.. classes.Select(static counts => counts.Scores.Length == 0
            ? default
            : new PointFigures(counts.Precision(counts.Scores.Length - 1), counts.Recall(counts.Scores.Length - 1)))]);
}
