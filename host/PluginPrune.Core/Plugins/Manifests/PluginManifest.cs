using System.Collections.Immutable;

namespace PluginPrune.Core.Plugins;

/// <summary>A plugin.json without faults.</summary>
public sealed record PluginManifest
{
    /// <summary>publisher.name.</summary>
    public required string Id { get; init; }

    /// <summary>The plugin's version.</summary>
    public required SemanticVersion Version { get; init; }

    /// <summary>One sentence without a full stop.</summary>
    public required string Description { get; init; }

    /// <summary>The SPDX name of the licence.</summary>
    public required string License { get; init; }

    /// <summary>Which contracts it runs on.</summary>
    public required ContractsRange Contracts { get; init; }

    /// <summary>The assembly of the entry type, relative to the plugin's folder.</summary>
    public required string EntryAssembly { get; init; }

    /// <summary>The full name of the entry type.</summary>
    public required string EntryType { get; init; }

    /// <summary>What it contributes, in the manifest's order.</summary>
    public required ImmutableArray<ContributionInfo> Contributions { get; init; }

    /// <summary>What it does beyond computing; declared, not enforced.</summary>
    public ImmutableArray<string> Capabilities { get; init; } = [];
}
