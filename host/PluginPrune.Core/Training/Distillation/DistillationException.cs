namespace PluginPrune.Core.Training;

/// <summary>A network cannot learn from the teacher that was named.</summary>
/// <param name="message">What was found, what was wanted, and what to do.</param>
public sealed class DistillationException(string message) : Exception(message);
