namespace PluginPrune.Core.Recipes;

/// <summary>How a step stands.</summary>
public enum StepState
{
    /// <summary>It was never begun.</summary>
    New,

    /// <summary>It was begun as it would be begun now, and not ended.</summary>
    Begun,

    /// <summary>It is done, as it would be done now.</summary>
    Done,

    /// <summary>It was done or begun, and what it depends on has changed since.</summary>
    Changed,

    /// <summary>The same, because a step before it was done again: that was asked for already.</summary>
    Outdated,
}
