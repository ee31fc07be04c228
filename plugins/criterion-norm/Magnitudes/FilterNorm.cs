namespace PluginPrune.CriterionNorm.Magnitudes;

/// <summary>How large a filter is.</summary>
internal enum FilterNorm
{
    /// <summary>The sum of the magnitudes of its weights.</summary>
    L1,

    /// <summary>The root of the sum of their squares.</summary>
    L2,
}
