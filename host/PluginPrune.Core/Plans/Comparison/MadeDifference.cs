namespace PluginPrune.Core.Plans;

/// <summary>A setting by which two plans were made differently.</summary>
/// <param name="Name">The setting.</param>
/// <param name="First">Its value for the first plan, or null.</param>
/// <param name="Second">Its value for the second plan, or null.</param>
public sealed record MadeDifference(string Name, string? First, string? Second);
