namespace PluginPrune.Core.Plans;

/// <summary>How much has gone after each round of pruning in rounds.</summary>
public enum PruningCurve
{
    /// <summary>
    /// Much at first, when it costs little, and less and less: s (1 - (1 - t)^3) of a final share s after the part t of the
    /// rounds (Zhu and Gupta 2017, "To prune, or not to prune", equation 1, from a share of 0).
    /// </summary>
    Agp,

    /// <summary>The same in every round: s t.</summary>
    Linear,

    /// <summary>The same share of what is left in every round: 1 - (1 - s)^t.</summary>
    Exponential,
}
