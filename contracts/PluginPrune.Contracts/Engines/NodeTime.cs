namespace PluginPrune.Contracts.Engines;

/// <summary>How long a node took.</summary>
/// <param name="Node">The node's id.</param>
/// <param name="Milliseconds">The time for the whole batch.</param>
public readonly record struct NodeTime(string Node, double Milliseconds);
