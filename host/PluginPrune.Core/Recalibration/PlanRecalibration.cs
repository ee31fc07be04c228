using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Reconstruction;

namespace PluginPrune.Core.Recalibration;

/// <summary>Fits what plans leave of one network to it, on the same pictures each time.</summary>
/// <param name="engine">Runs both.</param>
/// <param name="pictures">The pictures.</param>
/// <param name="read">Reads batches of them as a network takes them.</param>
public sealed class PlanRecalibration(IEngine engine, Dataset pictures, Func<Network, CancellationToken, IEnumerable<Batch<float>>> read)
{
    // Beyond that, pictures are read again each time.
    private const long Remembered = 1L << 30;

    private (Network Network, IEnumerable<Batch<float>> Batches, OriginalMoments Moments)? _original;

    /// <summary>The pictures.</summary>
    public Dataset Pictures { get; } = pictures;

    /// <summary>What the user calls them.</summary>
    public string Source => Pictures.Name;

    /// <summary>Whether weights are fitted too, not batch norms and biases alone.</summary>
    public bool FitsWeights { get; init; }

    /// <summary>Draws the places of the pictures to which weights are fitted.</summary>
    public int Seed { get; init; }

    /// <summary>On how many threads weights are found; the result is the same.</summary>
    public ParallelOptions Parallel { get; init; } = new();

    /// <summary>Told the share of the layers of the small network that are done, 0 to 1.</summary>
    public Action<double> Progressed { get; init; } = static _ => { };

    /// <summary>Fits a network.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="small">What was cut by it.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <inheritdoc cref="BatchNormRecalibrator.Match" path="/exception" />
    public RecalibrationResult Apply(PruningPlan plan, Network small, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (_original?.Network != plan.Network)
        {
            var batches = new RememberedBatches(read(plan.Network, cancellationToken), Remembered);
            _original = (plan.Network, batches, OriginalMoments.Of(engine, plan.Network, batches, cancellationToken));
        }

        var recalibrator = new BatchNormRecalibrator(engine) { Progressed = (done, all) => Progressed((double)done / all) };
        var threads = new ParallelOptions { MaxDegreeOfParallelism = Parallel.MaxDegreeOfParallelism, CancellationToken = cancellationToken };
        WeightFit? weights = FitsWeights ? new WeightFit(engine, plan, _original.Value.Batches, Pictures.Items.Length) { Seed = Seed, Parallel = threads } : null;
        return recalibrator.Reconstruct(small, plan, _original.Value.Moments, _original.Value.Batches, weights, cancellationToken);
    }
}
