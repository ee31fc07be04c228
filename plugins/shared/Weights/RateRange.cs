using PluginPrune.Contracts.Criteria;

namespace PluginPrune.Shared.Weights;

/// <summary>Among which scores the rate is taken; not <see cref="SelectionRange"/>, whose sets of its own a criterion of one score a filter does not have.</summary>
public enum RateRange
{
    /// <summary>All layers together: scores of different layers are compared.</summary>
    Global = SelectionRange.Global,

    /// <summary>Each layer for itself.</summary>
    PerLayer = SelectionRange.PerLayer,
}
