using System.Collections.Immutable;
using PluginPrune.Contracts.Evaluation;

namespace PluginPrune.Core.Evaluation;

/// <summary>What one evaluator found.</summary>
/// <param name="Evaluator">The evaluator's name.</param>
/// <param name="Results">One for each subject, in their order, all with the same metrics.</param>
public sealed record EvaluationSection(string Evaluator, ImmutableArray<EvaluationResult> Results);
