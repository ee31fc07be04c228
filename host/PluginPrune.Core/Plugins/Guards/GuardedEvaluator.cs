using System.Collections.Immutable;
using PluginPrune.Contracts.Evaluation;

namespace PluginPrune.Core.Plugins;

/// <summary>An evaluator whose failures bear its plugin's name and that measures every subject.</summary>
/// <param name="inner">The plugin's evaluator.</param>
/// <param name="contribution">Whose it is.</param>
public sealed class GuardedEvaluator(IEvaluator inner, ContributionInfo contribution) : IEvaluator
{
    /// <inheritdoc />
    public EvaluationNeeds Needs => PluginGuard.Call(contribution, "Asking what it needs", () => inner.Needs);

    /// <inheritdoc />
    public ImmutableArray<EvaluationResult> Evaluate(EvaluationContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        ImmutableArray<EvaluationResult> results = PluginGuard.Call(
            contribution, "Measuring", () => inner.Evaluate(context, cancellationToken), cancellationToken);
        return !results.IsDefault && results.Length == context.Subjects.Length && results.All(static result => result is { Metrics.IsDefault: false })
            ? results
            : throw new PluginException(
                [PluginGuard.Breach(contribution, DiagnosticCodes.NothingReturned, $"returned {(results.IsDefault ? 0 : results.Length)} results for {context.Subjects.Length} networks")]);
    }
}
