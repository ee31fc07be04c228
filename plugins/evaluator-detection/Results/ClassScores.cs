using PluginPrune.EvaluatorDetection.Operation;

namespace PluginPrune.EvaluatorDetection.Results;

/// <summary>What was measured of a class. NaN stands where the class has no objects, or none of a range of areas.</summary>
internal sealed record ClassScores
{
    /// <summary>How many objects count.</summary>
    public required int Truths { get; init; }

    /// <summary>How many detections there are, those that do not count among them.</summary>
    public required int Detections { get; init; }

    /// <summary>Average precision by range of areas and threshold.</summary>
    public required double[,] AveragePrecision { get; init; }

    /// <summary>Recall at the end of the curve by range of areas and threshold.</summary>
    public required double[,] Recall { get; init; }

    /// <summary>The same with one detection a picture and with ten, objects of all sizes.</summary>
    public required (double[] One, double[] Ten) RecallOfFew { get; init; }

    /// <summary>At the variant's overlap: precision at COCO's 101 recalls.</summary>
    public required double[] PrecisionAtRecalls { get; init; }

    /// <summary>At the variant's overlap: the detections that count.</summary>
    public required ClassCounts Counts { get; init; }
}
