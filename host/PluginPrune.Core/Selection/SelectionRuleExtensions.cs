using PluginPrune.Contracts.Criteria;

namespace PluginPrune.Core.Selection;

/// <summary>What a rule means for forecasts.</summary>
internal static class SelectionRuleExtensions
{
    /// <summary>Whether scores of all layers are compared: only then does a gap in them, or their energy, tell which rate is safe.</summary>
    public static bool ComparesLayers(this SelectionRule rule) => rule is { HasOwnSets: false, Range: SelectionRange.Global };
}
