namespace PluginPrune.Core.Plugins;

/// <summary>An engine does not run a network. It is told as it is, even where another plugin had asked the engine to.</summary>
/// <param name="message">What the engine says.</param>
/// <param name="inner">What the engine threw.</param>
public sealed class UnsupportedNetworkException(string message, Exception inner) : NotSupportedException(message, inner);
