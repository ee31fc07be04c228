namespace PluginPrune.EvaluatorDetection.Integrals;

/// <summary>Makes one number of a curve of precision over recall.</summary>
internal interface IAveragePrecision
{
    /// <summary>The average precision, 0 to 1.</summary>
    double Of(PrecisionSteps steps);
}
