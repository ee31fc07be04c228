using System.Collections.Immutable;
using PluginPrune.Core.Plans;

namespace PluginPrune.Cli.Explain;

/// <summary>What goes of a network, read from a plan or chosen by a criterion just now.</summary>
/// <param name="Plan">What goes.</param>
/// <param name="Made">How it was chosen.</param>
/// <param name="Notes">What the criterion said of layers.</param>
internal sealed record ExplainedChoice(PruningPlan Plan, ImmutableSortedDictionary<string, string> Made, ImmutableArray<PlannedNote> Notes);
