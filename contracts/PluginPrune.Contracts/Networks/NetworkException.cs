namespace PluginPrune.Contracts.Networks;

/// <summary>A network that cannot be: a node's input is missing, two shapes disagree, a tensor does not fit its operation.</summary>
/// <param name="message">What was found, where, and what was wanted.</param>
/// <param name="node">The node at fault, or null where it is the network as a whole.</param>
public sealed class NetworkException(string message, Node? node = null) : Exception(message)
{
    /// <summary>The node at fault, or null where it is the network as a whole.</summary>
    public Node? Node { get; } = node;
}
