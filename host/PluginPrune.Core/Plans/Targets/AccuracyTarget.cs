using System.Globalization;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Surgery;

namespace PluginPrune.Core.Plans;

/// <summary>A metric gets worse by so much at most.</summary>
/// <param name="drop">The most by which it gets worse, in its own unit, 0 or more.</param>
/// <param name="evaluate">Measures a network.</param>
public sealed class AccuracyTarget(double drop, Func<Network, CancellationToken, Metric> evaluate) : IMeasuredTarget
{
    private Metric? _original;

    /// <summary>What is done to a small network before it is measured, as it will be to the one that is written.</summary>
    /// <value>The default leaves it as it was cut.</value>
    public Func<PruningPlan, Network, CancellationToken, Network> Finish { get; init; } = static (_, small, _) => small;

    /// <inheritdoc />
    public bool IsMetByMore => false;

    /// <inheritdoc />
    public string Bound => string.Create(CultureInfo.InvariantCulture, $"at most {drop:0.####} off {_original?.Name ?? "the metric"}");

    /// <inheritdoc />
    public bool IsNoisy => false;

    /// <inheritdoc />
    public TargetMeasurement Measure(PruningPlan plan, double rate, bool isLast, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        _original ??= evaluate(plan.Network, cancellationToken);
        if (!double.IsFinite(_original.Value) || _original.Direction == MetricDirection.Neutral)
        {
            throw new PlanException($"'{_original.Name}' of the whole network is no measure to keep to: it {(double.IsFinite(_original.Value) ? "is neither better nor worse" : "has no value")} on these pictures.");
        }

        bool removesNothing = plan.RemovedBlocks.IsEmpty && plan.Analysis.Groups.All(group => plan.Masks.Kept(group) == group.Size);
        double value = removesNothing ? _original.Value : evaluate(Finish(plan, NetworkSurgeon.Apply(plan, cancellationToken).Network, cancellationToken), cancellationToken).Value;
        double worse = _original.Direction == MetricDirection.Higher ? _original.Value - value : value - _original.Value;

        // A metric that has lost its value, for instance because nothing is found, is not met either.
        return new TargetMeasurement(rate, value, worse <= drop, IsClose: false);
    }

    /// <inheritdoc />
    public string TextOf(double value) => string.Create(CultureInfo.InvariantCulture, $"{_original?.Name} {value:0.0000}").TrimStart();

    /// <inheritdoc />
    public PlanException Unreachable(TargetMeasurement best)
    {
        ArgumentNullException.ThrowIfNull(best);
        return new PlanException(string.Create(
            CultureInfo.InvariantCulture,
            $"'{_original!.Name}' drops by more than {drop:0.####} whatever the rate: already at rate {best.Rate:0.###} it is {best.Value:0.####} where the whole network has {_original.Value:0.####}. Allow more, or take fewer blocks."));
    }
}
