using System.Collections.Immutable;

namespace PluginPrune.Core.Plugins;

/// <summary>What came of loading a plugin.</summary>
/// <param name="Plugin">The plugin, or null where it could not be loaded.</param>
/// <param name="Diagnostics">Why not, and warnings.</param>
/// <param name="LoadTime">How long checking, loading and registering took.</param>
public sealed record PluginActivation(LoadedPlugin? Plugin, ImmutableArray<PluginDiagnostic> Diagnostics, TimeSpan LoadTime);
