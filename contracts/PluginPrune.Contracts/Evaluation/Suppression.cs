namespace PluginPrune.Contracts.Evaluation;

/// <summary>How overlapping boxes become one (non-maximum suppression). Boxes of equal score are taken in the order in which they were decoded.</summary>
public enum Suppression
{
    /// <summary>All boxes stay.</summary>
    None,

    /// <summary>A box suppresses what overlaps it, whatever the class.</summary>
    Greedy,

    /// <summary>A box suppresses what overlaps it and is of its class.</summary>
    PerClass,

    /// <summary>As <see cref="PerClass"/>; the box that stays is the mean of itself and of those it suppresses, weighted by their scores.</summary>
    Merge,
}
