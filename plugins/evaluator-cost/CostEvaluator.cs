using System.Collections.Immutable;
using PluginPrune.Contracts.Evaluation;

namespace PluginPrune.EvaluatorCost;

/// <summary>Counts what networks cost, without running them.</summary>
internal sealed class CostEvaluator : IEvaluator
{
    /// <inheritdoc />
    public EvaluationNeeds Needs => EvaluationNeeds.None;

    /// <inheritdoc />
    public ImmutableArray<EvaluationResult> Evaluate(EvaluationContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        cancellationToken.ThrowIfCancellationRequested();
        return [.. context.Subjects.Select(subject => Of(context.Services.CostOf(subject.Network)))];
    }

    private static EvaluationResult Of(NetworkCosts costs) => new(
    [
        new Metric("parameters", costs.Parameters, string.Empty, MetricDirection.Lower, 0),
        new Metric("GFLOPs", costs.Gflops, string.Empty, MetricDirection.Lower, 3),
        new Metric("size", costs.Bytes, "bytes", MetricDirection.Lower, 0),
        new Metric("channels", costs.Channels, string.Empty, MetricDirection.Lower, 0),
        new Metric("layers", costs.Layers, string.Empty, MetricDirection.Lower, 0),
    ]);
}
