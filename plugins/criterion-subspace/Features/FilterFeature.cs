namespace PluginPrune.CriterionSubspace.Features;

/// <summary>What of its weights a filter is clustered by.</summary>
public enum FilterFeature
{
    /// <summary>The sum of its weights, as published.</summary>
    Sum,

    /// <summary>The sum of their magnitudes.</summary>
    L1,

    /// <summary>The root of the sum of their squares.</summary>
    L2,

    /// <summary>All of its weights: a point in as many dimensions.</summary>
    Flat,
}
