namespace PluginPrune.Contracts.Options;

/// <summary>Options that cannot be taken. The message lists everything that is wrong with them, one sentence each.</summary>
/// <param name="message">For each fault: the option, what was found, what was wanted.</param>
public sealed class OptionException(string message) : Exception(message);
