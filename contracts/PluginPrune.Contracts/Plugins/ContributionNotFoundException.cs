namespace PluginPrune.Contracts.Plugins;

/// <summary>A contribution asked for by name is not there, or its plugin cannot be used.</summary>
/// <param name="message">What was asked for, and the nearest names or the reason.</param>
public sealed class ContributionNotFoundException(string message) : Exception(message);
