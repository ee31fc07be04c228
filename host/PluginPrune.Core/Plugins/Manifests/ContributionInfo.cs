using System.Collections.Immutable;
using PluginPrune.Contracts.Options;
using PluginPrune.Contracts.Plugins;

namespace PluginPrune.Core.Plugins;

/// <summary>What a manifest says of one contribution: enough for lists, help and completion, without loading the plugin.</summary>
/// <param name="PluginId">The plugin that contributes it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Name">In kebab-case.</param>
/// <param name="Summary">One sentence without a full stop.</param>
/// <param name="Extensions">The file extensions of a model or dataset format, with their dots; empty for other kinds.</param>
/// <param name="Options">The options that it takes.</param>
public sealed record ContributionInfo(
    string PluginId,
    ContributionKind Kind,
    string Name,
    string Summary,
    ImmutableArray<string> Extensions,
    ImmutableArray<OptionDescriptor> Options)
{
    /// <summary>By what a folder is known as a dataset of this format, see <see cref="Contribution.Markers"/>; empty for other kinds.</summary>
    public ImmutableArray<string> Markers { get; init; } = [];

    /// <summary>The name that no other plugin can have: 'publisher.plugin/name'.</summary>
    public string FullName => $"{PluginId}/{Name}";
}
