namespace PluginPrune.Core.Pruning;

/// <summary>How long a step took.</summary>
/// <param name="Step">Its name: read, plan, cut, verify, write.</param>
/// <param name="Elapsed">Wall time.</param>
public sealed record StepTime(string Step, TimeSpan Elapsed);
