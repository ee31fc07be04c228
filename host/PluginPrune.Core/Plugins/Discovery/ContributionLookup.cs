using System.Collections.Immutable;

namespace PluginPrune.Core.Plugins;

/// <summary>What came of looking for a contribution: it and its plugin, or why there is none.</summary>
/// <param name="Plugin">The plugin, or null.</param>
/// <param name="Contribution">The contribution, or null.</param>
/// <param name="Diagnostics">Empty where it was found.</param>
public sealed record ContributionLookup(
    PluginEntry? Plugin, ContributionInfo? Contribution, ImmutableArray<PluginDiagnostic> Diagnostics);
