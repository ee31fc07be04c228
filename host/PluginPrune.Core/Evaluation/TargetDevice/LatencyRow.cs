namespace PluginPrune.Core.Evaluation;

/// <summary>A time that was measured elsewhere.</summary>
/// <param name="Model">The network's name: its file's without the extension.</param>
/// <param name="Layer">One of its layers as the model's file counts them, or null for the whole network.</param>
/// <param name="Milliseconds">The time for one picture.</param>
public sealed record LatencyRow(string Model, string? Layer, double Milliseconds);
