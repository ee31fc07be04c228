using System.Collections.Immutable;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Evaluation;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Surgery;

namespace PluginPrune.Core.Sensitivity;

/// <summary>
/// Cuts what a plan says and lets an evaluator measure it. Cut, not masked: that computes the same as a network of full size whose
/// layers ignore these channels, in less time.
/// </summary>
/// <param name="evaluator">Measures.</param>
/// <param name="contextOf">What it is measured on, of the networks to measure.</param>
/// <param name="subjectOf">Makes of a network and its name what is measured.</param>
public sealed class NetworkMeter(
    NamedEvaluator evaluator,
    Func<ImmutableArray<EvaluationSubject>, Action<double>, EvaluationContext> contextOf,
    Func<string, Network, EvaluationSubject> subjectOf) : IPlanMeter
{
    /// <summary>What is done to a small network before it is measured, such as fitting it to the whole one.</summary>
    /// <value>The default leaves it as it was cut.</value>
    public Func<PruningPlan, Network, CancellationToken, Network> Finish { get; init; } = static (_, small, _) => small;

    /// <inheritdoc />
    public string Evaluator => evaluator.Name;

    /// <inheritdoc />
    public bool IsCostly => true;

    /// <inheritdoc />
    public ImmutableArray<Metric> Measure(PruningPlan plan, Action<double> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        bool isWhole = plan.Analysis.Groups.All(group => plan.Masks.Kept(group) == group.Size);
        Network network = isWhole ? plan.Network : Finish(plan, NetworkSurgeon.Apply(plan, cancellationToken).Network, cancellationToken);

        // What needs no labels compares with the whole network.
        ImmutableArray<EvaluationSubject> subjects = evaluator.Evaluator.Needs.HasFlag(EvaluationNeeds.Labels)
            ? [subjectOf("pruned", network)]
            : [subjectOf("whole", plan.Network), subjectOf("pruned", network)];
        return new EvaluationRun([evaluator]).Execute(contextOf(subjects, progress), cancellationToken).Sections[0].Results[^1].Metrics;
    }
}
