namespace PluginPrune.CriterionSubspace.Features;

/// <summary>What filters of a cluster are ranked by; the lowest go.</summary>
public enum FilterWeight
{
    /// <summary>The sum of the magnitudes of its weights.</summary>
    L1,

    /// <summary>The root of the sum of their squares.</summary>
    L2,

    /// <summary>The sum of its weights with their signs.</summary>
    Sum,
}
