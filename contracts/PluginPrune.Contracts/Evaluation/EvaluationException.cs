namespace PluginPrune.Contracts.Evaluation;

/// <summary>Something cannot be measured, and it is nobody's fault but the input's.</summary>
/// <param name="message">What was found, what was wanted and what to do.</param>
public sealed class EvaluationException(string message) : Exception(message);
