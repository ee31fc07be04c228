namespace PluginPrune.Contracts.Heads;

/// <summary>A head's parameters do not go with the value that it reads.</summary>
/// <param name="message">What was found and what was wanted.</param>
public sealed class HeadException(string message) : Exception(message);
