namespace PluginPrune.CriterionTaylor;

/// <summary>What of a channel is thought away.</summary>
public enum TaylorForm
{
    /// <summary>All that its layer gives: scale and shift of its batch norm, as published.</summary>
    Gates,

    /// <summary>The scale of its batch norm alone: what the shift gives is kept, as folding keeps it.</summary>
    Scales,

    /// <summary>The weights of its filter.</summary>
    Filters,
}
