using PluginPrune.Contracts.Evaluation;

namespace PluginPrune.Core.Evaluation;

/// <summary>An evaluator and what reports call it.</summary>
/// <param name="Name">For instance 'latency'.</param>
/// <param name="Evaluator">The evaluator.</param>
public sealed record NamedEvaluator(string Name, IEvaluator Evaluator);
