namespace PluginPrune.Core.Plugins;

/// <summary>A folder that is looked into for plugins.</summary>
/// <param name="Path">Absolute; it need not exist.</param>
/// <param name="Kind">Who named it.</param>
public sealed record PluginRoot(string Path, PluginRootKind Kind);
