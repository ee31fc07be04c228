using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Core.Plans;

namespace PluginPrune.Core.Sensitivity;

/// <summary>
/// A forecast that runs nothing: the share of the energy of the criterion's scores (the sum of their squares; gammas, where the
/// criterion goes by them) that the layers keep which lose most of it.
/// </summary>
/// <param name="scores">The scores.</param>
public sealed class EnergyMeter(ImmutableArray<MemberScores> scores) : IPlanMeter
{
    /// <summary>What it is called where evaluators are named.</summary>
    public const string Name = "energy";

    /// <inheritdoc />
    public string Evaluator => Name;

    /// <inheritdoc />
    public bool IsCostly => false;

    /// <inheritdoc />
    public ImmutableArray<Metric> Measure(PruningPlan plan, Action<double> progress, CancellationToken cancellationToken) =>
        [new Metric("score energy", 1 - RemovedEnergy.OfWorstGroup(scores, plan, least: 0).Share, string.Empty, MetricDirection.Higher, 4)];
}
