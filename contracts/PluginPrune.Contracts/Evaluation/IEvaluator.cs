using System.Collections.Immutable;

namespace PluginPrune.Contracts.Evaluation;

/// <summary>Measures networks.</summary>
/// <remarks>One instance serves one run and is called from one thread.</remarks>
public interface IEvaluator
{
    /// <summary>What it needs besides networks.</summary>
    EvaluationNeeds Needs { get; }

    /// <summary>Measures.</summary>
    /// <param name="context">What is measured, and on what.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>One result for each subject, in their order, all with the same metrics.</returns>
    /// <exception cref="EvaluationException">It cannot be measured; the message says what is missing.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    ImmutableArray<EvaluationResult> Evaluate(EvaluationContext context, CancellationToken cancellationToken);
}
