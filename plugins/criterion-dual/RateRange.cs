namespace PluginPrune.CriterionDual;

/// <summary>Among which scores the rates are taken.</summary>
public enum RateRange
{
    /// <summary>Each layer for itself.</summary>
    PerLayer,

    /// <summary>All layers together.</summary>
    Global,
}
