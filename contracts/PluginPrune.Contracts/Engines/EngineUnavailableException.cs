namespace PluginPrune.Contracts.Engines;

/// <summary>An engine lacks something outside its plugin, for instance a native library, and cannot run here.</summary>
/// <param name="message">One sentence: what is missing and how to get it.</param>
/// <param name="cause">What went wrong, or null.</param>
public sealed class EngineUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
