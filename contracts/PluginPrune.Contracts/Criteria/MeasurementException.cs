namespace PluginPrune.Contracts.Criteria;

/// <summary>What a criterion wants measured cannot be measured here.</summary>
/// <param name="message">What was found or is missing, which criterion needs it, and what to do.</param>
public sealed class MeasurementException(string message) : Exception(message);
