namespace PluginPrune.Core.Recalibration;

/// <summary>A network cannot be fitted to what was handed in. Exit code 2.</summary>
/// <param name="message">What was found, what was wanted, what to do.</param>
public sealed class RecalibrationException(string message) : Exception(message);
