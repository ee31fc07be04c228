namespace PluginPrune.Contracts.Criteria;

/// <summary>Among which scores a rate is taken.</summary>
public enum SelectionRange
{
    /// <summary>All layers together: scores of different layers are compared.</summary>
    Global,

    /// <summary>Each layer for itself.</summary>
    PerLayer,

    /// <summary>
    /// Each of sets that the criterion makes itself, for instance clusters of a layer's filters. Scores are places in these sets, as
    /// shares above 0 up to 1: r / n for the r-th lowest of n. What scores at most the rate goes, which is floor(rate * n) of each set.
    /// </summary>
    OwnSets,
}
