using System.Collections.Immutable;

namespace PluginPrune.Core.Selection;

/// <summary>The parts that layers of a network belonged to before some of its heads went.</summary>
/// <param name="PartOf">For each layer the name of its part.</param>
internal sealed record KnownParts(ImmutableDictionary<string, string> PartOf);
