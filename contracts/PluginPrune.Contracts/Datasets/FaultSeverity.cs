namespace PluginPrune.Contracts.Datasets;

/// <summary>How bad a fault of a dataset is.</summary>
public enum FaultSeverity
{
    /// <summary>Worth knowing; nothing was changed for it.</summary>
    Note,

    /// <summary>It was dealt with, for instance by leaving a box out.</summary>
    Warning,

    /// <summary>The picture cannot be used: work on the dataset stops, or passes the picture over where the user said so.</summary>
    Error,
}
