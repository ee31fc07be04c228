namespace PluginPrune.EvaluatorDetection.Matching;

/// <summary>What became of all detections of a class, best first; of equal scores the one of the earlier picture.</summary>
internal sealed class MatchedClass
{
    /// <summary>The scores, falling.</summary>
    public required double[] Scores { get; init; }

    /// <summary>For each detection the bits (range of areas x thresholds + threshold) where it found an object.</summary>
    public required ulong[] Matched { get; init; }

    /// <summary>For each detection the bits where it does not count.</summary>
    public required ulong[] Ignored { get; init; }

    /// <summary>How many detections of the class on the same picture are better.</summary>
    public required int[] Ranks { get; init; }

    /// <summary>For each range of areas how many objects count.</summary>
    public required int[] Truths { get; init; }
}
