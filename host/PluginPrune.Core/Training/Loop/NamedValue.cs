namespace PluginPrune.Core.Training;

/// <summary>A number and what it is.</summary>
/// <param name="Name">As in the head of the results.</param>
/// <param name="Value">NaN where it was not measured.</param>
public sealed record NamedValue(string Name, double Value);
