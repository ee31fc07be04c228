namespace PluginPrune.Core.Training;

/// <summary>An inner value that learns from one of the teacher.</summary>
/// <param name="Student">The node's id.</param>
/// <param name="Teacher">The id of the teacher's node.</param>
public sealed record FeaturePair(string Student, string Teacher);
