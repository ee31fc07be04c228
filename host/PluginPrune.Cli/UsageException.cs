namespace PluginPrune.Cli;

/// <summary>The command line does not make sense. Exit code 2.</summary>
/// <param name="message">What was found, what was wanted, the nearest names.</param>
internal sealed class UsageException(string message) : Exception(message);
