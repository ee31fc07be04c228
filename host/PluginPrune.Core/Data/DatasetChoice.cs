using PluginPrune.Core.Plugins;

namespace PluginPrune.Core.Data;

/// <summary>Which format reads the dataset that a user named, and from where.</summary>
/// <param name="Format">The dataset format.</param>
/// <param name="Path">The full path of the file or folder, or null for a dataset that is made and not read.</param>
/// <param name="Name">The dataset as the user named it.</param>
public sealed record DatasetChoice(ContributionInfo Format, string? Path, string Name);
