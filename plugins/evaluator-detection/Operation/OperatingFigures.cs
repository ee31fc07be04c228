namespace PluginPrune.EvaluatorDetection.Operation;

/// <summary>Precision and recall of all classes at one confidence.</summary>
/// <param name="Confidence">The confidence; NaN where all detections count.</param>
/// <param name="Classes">One for each of the classes that were given.</param>
internal sealed record OperatingFigures(double Confidence, PointFigures[] Classes)
{
    /// <summary>Confidences, ascending, for which <see cref="MeanF1"/> is told; perhaps none.</summary>
    public double[] Confidences { get; init; } = [];

    /// <summary>The mean F1 over the classes at each of them.</summary>
    public double[] MeanF1 { get; init; } = [];
}
