namespace PluginPrune.Contracts.Plugins;

/// <summary>The options of a contribution that has none.</summary>
public sealed class NoOptions;
