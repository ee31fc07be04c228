namespace PluginPrune.CriterionBn.Slim;

/// <summary>Among which gammas the rate is taken.</summary>
public enum GammaRange
{
    /// <summary>All layers together: one threshold, as published.</summary>
    Global,

    /// <summary>Each layer for itself, as the second criterion of Yang, Liang and Du 2021.</summary>
    PerLayer,
}
