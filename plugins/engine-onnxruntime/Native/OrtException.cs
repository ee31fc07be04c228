namespace PluginPrune.EngineOnnxRuntime.Native;

/// <summary>The library refused or failed; the message is its own.</summary>
internal sealed class OrtException(string message) : Exception(message);
