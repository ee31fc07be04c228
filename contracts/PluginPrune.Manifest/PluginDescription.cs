using PluginPrune.Contracts.Plugins;

namespace PluginPrune.Manifest;

/// <summary>All that the manifest says.</summary>
internal sealed record PluginDescription(
    PluginAttribute Attribute,
    string Version,
    string ContractsRange,
    string AssemblyFile,
    string TypeName,
    IReadOnlyList<ContributionDescription> Contributions);
