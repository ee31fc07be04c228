namespace PluginPrune.EvaluatorDetection.Operation;

/// <summary>Chooses the confidence that precision and recall are told for.</summary>
internal interface IOperatingPoint
{
    /// <summary>Chooses, and tells them.</summary>
    /// <param name="classes">The classes that have objects, at least one.</param>
    OperatingFigures Find(IReadOnlyList<ClassCounts> classes);
}
