namespace PluginPrune.Core.Plugins;

/// <summary>What a code means in general; a diagnostic itself tells what was found in one case.</summary>
/// <param name="Title">What it is about, in a few words without a full stop.</param>
/// <param name="Cause">How it comes about.</param>
/// <param name="Remedy">What the user or the author does about it.</param>
public sealed record DiagnosticDescription(string Title, string Cause, string Remedy);
