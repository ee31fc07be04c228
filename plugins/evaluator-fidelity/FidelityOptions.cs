using PluginPrune.Contracts.Options;

namespace PluginPrune.EvaluatorFidelity;

/// <summary>Options of <see cref="FidelityEvaluator"/>.</summary>
internal sealed class FidelityOptions
{
    /// <summary>The pictures that are compared on.</summary>
    /// <value>The default is 16.</value>
    [Option("How many pictures are compared on, the dataset's first ones or generated ones", Minimum = 1)]
    public int Pictures { get; init; } = 16;

    /// <summary>The score that detections must be above.</summary>
    /// <value>The default is 0.25.</value>
    [Option("Score that detections must be above to be compared", Minimum = 0, Maximum = 1)]
    public double Conf { get; init; } = 0.25;

    /// <summary>The overlap at which two detections are the same.</summary>
    /// <value>The default is 0.5.</value>
    [Option("IoU at which two detections of one class are the same", Minimum = 0.01, Maximum = 1)]
    public double MatchIou { get; init; } = 0.5;
}
