using System.Collections.Immutable;
using PluginPrune.Contracts.Plugins;

namespace PluginPrune.Core.Plugins;

/// <summary>What came of reading a plugin.json.</summary>
/// <param name="Manifest">The manifest, or null where it has a fault.</param>
/// <param name="Diagnostics">Faults and warnings, in the order of the file.</param>
public sealed record ManifestReading(PluginManifest? Manifest, ImmutableArray<PluginDiagnostic> Diagnostics)
{
    /// <summary>The plugin's id where it could be read, even of a manifest with faults.</summary>
    public string? Id { get; init; }

    /// <summary>
    /// What could be read of the names, even of a manifest with faults: who asks for one of them is told about the plugin.
    /// </summary>
    public ImmutableArray<(ContributionKind Kind, string Name)> Names { get; init; } = [];
}
