namespace PluginPrune.Cli;

/// <summary>A run was interrupted, and what it had completed stays.</summary>
/// <param name="message">What is there, and how to go on.</param>
/// <param name="cancellationToken">The token that was cancelled.</param>
internal sealed class KeptWorkException(string message, CancellationToken cancellationToken) : OperationCanceledException(message, cancellationToken);
