namespace PluginPrune.Contracts.Groups;

/// <summary>Which layers take part in pruning.</summary>
public enum PruningScope
{
    /// <summary>Every layer whose channels can go without changing what the network is.</summary>
    Full,

    /// <summary>
    /// As the published Python scripts for YOLOv3: layers before an upsample, before a split route and at the entrance of a
    /// spatial pyramid are left out, and thresholds are compared as those scripts do.
    /// </summary>
    Scripts,
}
