namespace PluginPrune.EvaluatorDetection.Operation;

/// <summary>The detections of one class that count, best first, at one overlap.</summary>
/// <param name="Scores">Their scores, falling.</param>
/// <param name="True">For each how many up to it found an object.</param>
/// <param name="Truths">How many objects there are.</param>
internal sealed record ClassCounts(double[] Scores, int[] True, int Truths)
{
    /// <summary>Recall with the detections up to one.</summary>
    public double Recall(int index) => (double)True[index] / Truths;

    /// <summary>Precision of the detections up to one.</summary>
    public double Precision(int index) => (double)True[index] / (index + 1);
}
