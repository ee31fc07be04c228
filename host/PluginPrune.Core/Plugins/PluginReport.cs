using System.Collections.Immutable;

namespace PluginPrune.Core.Plugins;

/// <summary>The findings on one plugin.</summary>
/// <param name="Plugin">The plugin.</param>
/// <param name="State">What became of it, loading included.</param>
/// <param name="Diagnostics">Everything that was found, errors first.</param>
/// <param name="LoadTime">How long it took to load, or null where it was not tried.</param>
public sealed record PluginReport(
    PluginEntry Plugin, PluginState State, ImmutableArray<PluginDiagnostic> Diagnostics, TimeSpan? LoadTime)
{
    /// <summary>What its engines run on.</summary>
    public ImmutableArray<EngineReport> Engines { get; init; } = [];
}
