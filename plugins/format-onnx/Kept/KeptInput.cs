namespace PluginPrune.FormatOnnx.Kept;

/// <summary>What an operator reads in one place: a value, a constant, or nothing.</summary>
/// <param name="Value">The place among the node's inputs, or null.</param>
/// <param name="Constant">The constant, or null.</param>
internal readonly record struct KeptInput(int? Value, KeptTensor? Constant);
