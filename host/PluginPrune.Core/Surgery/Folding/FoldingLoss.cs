using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Surgery;

/// <summary>A constant that could not be moved into what follows, because a node bends it.</summary>
/// <param name="Node">The node at which it was lost, or null for an output of the network.</param>
/// <param name="Place">The node or output in words.</param>
/// <param name="Magnitude">The root mean square of the constants lost there.</param>
public sealed record FoldingLoss(Node? Node, string Place, double Magnitude);
