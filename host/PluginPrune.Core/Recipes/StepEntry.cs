namespace PluginPrune.Core.Recipes;

/// <summary>What is known of a step from earlier runs.</summary>
/// <param name="Identity">As what it was begun.</param>
/// <param name="IsDone">Whether it was ended too.</param>
/// <param name="IsBehind">Whether a step that it builds on was begun anew since: its result is then good only if nothing it depends on has changed.</param>
public sealed record StepEntry(StepIdentity Identity, bool IsDone, bool IsBehind);
