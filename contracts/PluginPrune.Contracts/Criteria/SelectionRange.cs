namespace PluginPrune.Contracts.Criteria;

/// <summary>Among which scores a rate is taken.</summary>
public enum SelectionRange
{
    /// <summary>All layers together: scores of different layers are compared.</summary>
    Global,

    /// <summary>Each layer for itself.</summary>
    PerLayer,
}
