using PluginPrune.Contracts.Engines;

namespace PluginPrune.Core.Plugins;

/// <summary>What an engine runs on here.</summary>
/// <param name="Name">The engine's name.</param>
/// <param name="Description">What it runs on, or null where something is missing.</param>
/// <param name="Missing">What is missing and how to get it, or null. A library that is not installed is no fault of the plugin.</param>
public sealed record EngineReport(string Name, EngineDescription? Description, string? Missing);
