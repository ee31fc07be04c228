using System.Collections.Immutable;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Selection;

namespace PluginPrune.Cli.Explain;

/// <summary>What goes of a network, read from a plan or chosen by a criterion just now.</summary>
/// <param name="Plan">What goes.</param>
/// <param name="Made">How it was chosen.</param>
/// <param name="Notes">What the criterion said of layers.</param>
internal sealed record ExplainedChoice(PruningPlan Plan, ImmutableSortedDictionary<string, string> Made, ImmutableArray<PlannedNote> Notes)
{
    /// <summary>Layers that nothing was to go from; null for none, and where a plan was read.</summary>
    public KeptLayers? Kept { get; init; }
}
