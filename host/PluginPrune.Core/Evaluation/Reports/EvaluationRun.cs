using System.Collections.Immutable;
using PluginPrune.Contracts.Evaluation;

namespace PluginPrune.Core.Evaluation;

/// <summary>Lets several evaluators measure the same networks.</summary>
/// <param name="evaluators">Which, in the order of their results.</param>
public sealed class EvaluationRun(IReadOnlyList<NamedEvaluator> evaluators)
{
    /// <summary>Told when an evaluator begins.</summary>
    public Action<string>? EvaluatorBegins { get; init; }

    /// <summary>Whether one of them runs the networks.</summary>
    public bool NeedsEngine => evaluators.Any(static named => named.Evaluator.Needs.HasFlag(EvaluationNeeds.Engine));

    /// <summary>Measures.</summary>
    /// <param name="context">What is measured, and on what.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="EvaluationException">Something is missing; found before anything is measured where it can be.</exception>
    public EvaluationReport Execute(EvaluationContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        foreach (NamedEvaluator named in evaluators)
        {
            if (named.Evaluator.Needs.HasFlag(EvaluationNeeds.Labels) && context.Dataset is null)
            {
                throw new EvaluationException($"'{named.Name}' is measured on labelled pictures, and none are named. Give them with --data.");
            }
        }

        var sections = ImmutableArray.CreateBuilder<EvaluationSection>(evaluators.Count);
        foreach (NamedEvaluator named in evaluators)
        {
            cancellationToken.ThrowIfCancellationRequested();
            EvaluatorBegins?.Invoke(named.Name);
            sections.Add(new EvaluationSection(named.Name, named.Evaluator.Evaluate(context, cancellationToken)));
        }

        return new EvaluationReport([.. context.Subjects.Select(static subject => subject.Name)], sections.MoveToImmutable())
        {
            Dataset = context.Dataset?.Name,
        };
    }
}
