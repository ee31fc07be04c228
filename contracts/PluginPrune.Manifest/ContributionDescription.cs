using System.Collections.Immutable;
using PluginPrune.Contracts.Options;
using PluginPrune.Contracts.Plugins;

namespace PluginPrune.Manifest;

/// <summary>A contribution and the options that its class declares.</summary>
internal sealed record ContributionDescription(Contribution Contribution, ImmutableArray<OptionDescriptor> Options);
