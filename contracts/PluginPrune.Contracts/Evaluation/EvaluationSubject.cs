using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Evaluation;

/// <summary>A network that is measured, and the engine that runs it.</summary>
/// <param name="Name">What reports call it, for instance 'before'; unique in one evaluation.</param>
/// <param name="Network">The network.</param>
/// <param name="Engine">Runs it; null where the evaluator needs none.</param>
public sealed record EvaluationSubject(string Name, Network Network, IEngine? Engine);
