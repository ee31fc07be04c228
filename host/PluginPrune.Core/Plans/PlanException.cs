namespace PluginPrune.Core.Plans;

/// <summary>A plan that cannot be read, or does not fit the network. Bad input: exit code 2.</summary>
/// <param name="message">What was found, where, what was wanted.</param>
public sealed class PlanException(string message) : Exception(message);
