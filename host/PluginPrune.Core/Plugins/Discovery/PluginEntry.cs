using System.Collections.Immutable;
using PluginPrune.Contracts.Plugins;

namespace PluginPrune.Core.Plugins;

/// <summary>A plugin as its folder and manifest describe it. Nothing of it is loaded.</summary>
public sealed record PluginEntry
{
    /// <summary>The plugin's folder, links resolved.</summary>
    public required string Folder { get; init; }

    /// <summary>Where it was found.</summary>
    public required PluginRoot Root { get; init; }

    /// <summary>The manifest, or null where it has a fault.</summary>
    public PluginManifest? Manifest { get; init; }

    /// <summary>Its id, or null where the manifest does not tell.</summary>
    public string? Id { get; init; }

    /// <summary>What became of it.</summary>
    public required PluginState State { get; init; }

    /// <summary>Why, and what else was noticed.</summary>
    public ImmutableArray<PluginDiagnostic> Diagnostics { get; init; } = [];

    /// <summary>The names that it would contribute, as far as they could be read.</summary>
    public ImmutableArray<(ContributionKind Kind, string Name)> Names { get; init; } = [];

    /// <summary>The id, or the folder's name.</summary>
    public string DisplayName => Id ?? Path.GetFileName(Folder);

    /// <summary>The path of the entry assembly; only for an entry with a manifest.</summary>
    internal string EntryPath => Path.GetFullPath(Manifest!.EntryAssembly, Folder);
}
