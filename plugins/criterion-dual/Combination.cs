namespace PluginPrune.CriterionDual;

/// <summary>How two choices become one.</summary>
public enum Combination
{
    /// <summary>What either drops goes.</summary>
    Union,

    /// <summary>What both drop goes.</summary>
    Intersection,

    /// <summary>As many of each group go as under <see cref="Union"/>, those first that the two rank lowest together.</summary>
    Rank,
}
