namespace PluginPrune.FormatOnnx.Wire;

/// <summary>Bytes that are no protocol-buffers message.</summary>
/// <param name="message">What was found.</param>
internal sealed class WireException(string message) : Exception(message);
