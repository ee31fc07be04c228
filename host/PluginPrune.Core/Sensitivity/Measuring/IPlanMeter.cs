using System.Collections.Immutable;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Core.Plans;

namespace PluginPrune.Core.Sensitivity;

/// <summary>Measures what plans leave of one network.</summary>
public interface IPlanMeter
{
    /// <summary>Who measures, for reports.</summary>
    string Evaluator { get; }

    /// <summary>Whether measuring takes so long that results are worth keeping.</summary>
    bool IsCostly { get; }

    /// <summary>Measures.</summary>
    /// <param name="plan">The plan; one by which nothing goes stands for the whole network.</param>
    /// <param name="progress">Told the share of this measurement that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The metrics, always the same ones.</returns>
    ImmutableArray<Metric> Measure(PruningPlan plan, Action<double> progress, CancellationToken cancellationToken);
}
