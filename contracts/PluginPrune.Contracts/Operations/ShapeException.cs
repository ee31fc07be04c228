namespace PluginPrune.Contracts.Operations;

/// <summary>An operation cannot take the shapes that it is given. The message says what was found and what was wanted.</summary>
/// <param name="message">Without the node's name, which the network puts before it.</param>
public sealed class ShapeException(string message) : Exception(message);
