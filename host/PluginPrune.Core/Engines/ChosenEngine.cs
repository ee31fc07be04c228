using PluginPrune.Contracts.Engines;

namespace PluginPrune.Core.Engines;

/// <summary>An engine that works here.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Engine">The engine.</param>
/// <param name="Description">What it runs on.</param>
public sealed record ChosenEngine(string Name, IEngine Engine, EngineDescription Description);
