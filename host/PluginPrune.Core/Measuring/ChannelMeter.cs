using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Contracts.Training;
using PluginPrune.Core.Crews;
using PluginPrune.Core.Training;

namespace PluginPrune.Core.Measuring;

/// <summary>
/// Measures channels by what the loss of labelled pictures makes of them. The network computes as in inference, and nothing is learned;
/// what was measured of a network is known from then on. The same pictures, seed and number of threads give the same bits, as do batches of
/// one picture on any number of threads, as long as there is memory for one on each.
/// </summary>
/// <param name="engine">Runs the network there and back.</param>
/// <param name="pictures">The pictures.</param>
/// <param name="findHead">Gives what understands a kind of heads.</param>
public sealed class ChannelMeter(ITrainingEngine engine, LabelledPictures pictures, Func<string, IHead> findHead)
{
    private readonly Dictionary<ChannelMeasure, double[]> _known = [];
    private (Network Network, int Seed, int Pictures, int BatchSize)? _knownOf;

    /// <summary>Does the work where its progress can be seen; it is given what takes the share that is done, 0 to 1.</summary>
    /// <value>The default shows nothing.</value>
    public Func<Func<Action<double>, int>, int> Track { get; init; } = static work => work(static _ => { });

    /// <summary>Measures what is not known yet.</summary>
    /// <param name="network">The network.</param>
    /// <param name="measurement">What is wanted.</param>
    /// <param name="seed">Draws the pictures.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>For each measure a number for each channel of its node; the arrays are the caller's.</returns>
    /// <exception cref="ArgumentException">A node does not exist or has nothing of what is to be measured, or a count is below 1.</exception>
    /// <exception cref="TrainingException">The network has no loss, or something is not a finite number.</exception>
    /// <exception cref="NotSupportedException">The engine does not train an operation of the network.</exception>
    public ImmutableArray<double[]> Measure(Network network, ChannelMeasurement measurement, int seed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(measurement);
        ArgumentOutOfRangeException.ThrowIfLessThan(measurement.Pictures, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(measurement.BatchSize, 1);
        if (measurement.Measures.IsDefault)
        {
            throw new ArgumentException("Nothing says what is to be measured.", nameof(measurement));
        }

        if (_knownOf != (network, seed, measurement.Pictures, measurement.BatchSize))
        {
            _known.Clear();
            _knownOf = (network, seed, measurement.Pictures, measurement.BatchSize);
        }

        ChannelMeasure[] missing = [.. measurement.Measures.Where(measure => !_known.ContainsKey(measure)).Distinct()];
        TaylorSum[] sums = [.. missing.Select(measure => TaylorSum.Of(network, measure))];
        if (missing.Length > 0)
        {
            int batches = Track(share => AddUp(network, sums, measurement, seed, share, cancellationToken));
            for (int i = 0; i < missing.Length; i++)
            {
                _known.Add(missing[i], sums[i].Mean(batches));
            }
        }

        return [.. measurement.Measures.Select(measure => (double[])_known[measure].Clone())];
    }

    /// <returns>How many batches there were.</returns>
    private int AddUp(Network network, TaylorSum[] sums, ChannelMeasurement measurement, int seed, Action<double> progressed, CancellationToken cancellationToken)
    {
        var heads = TrainingHeads.Of(network, findHead);
        TrainingLoader loader = pictures.Draw(network, heads.Classes, measurement.Pictures, measurement.BatchSize, seed);
        var share = MeasuringShare.Of(network, engine.ParallelSessions, loader.BatchCount, measurement.BatchSize);

        // One waits for its turn, so that no session waits for a batch.
        int inUse = share.Sessions == 1 ? 1 : share.Sessions + 1;
        int batches = 0;
        using var crew = new Crew<TrainingBatch, double[][]>(
            "measuring", share.Sessions, () => new MeasuringWorker(Begin(network, sums, seed, share.Threads), heads, sums), shared: null, cancellationToken);

        // Added up in the batches' order: sums of the same numbers in another order are others.
        foreach (double[][] derivatives in crew.Do(loader.Read(new TrainingEpoch(0) { InUse = inUse }, cancellationToken), inUse))
        {
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i].Add(derivatives[i]);
            }

            progressed((double)++batches / loader.BatchCount);
        }

        return batches;
    }

    /// <summary>What is not measured has no gradients, which saves their time; and nothing is dropped out.</summary>
    private ITrainingSession Begin(Network network, TaylorSum[] sums, int seed, int threads)
    {
        var measured = sums.Select(static sum => sum.Node.Id).ToHashSet(StringComparer.Ordinal);
        Network certain = network.With(
            network.Nodes.Select(static node => node.Operation is Dropout ? node with { Operation = new Identity() } : node), network.Heads);
        return engine.BeginTraining(certain, new TrainingSettings
        {
            UsesRunningStatistics = true,
            Frozen = [.. network.Nodes.Where(node => !measured.Contains(node.Id) && node.Operation.Tensors.Any()).Select(static node => node.Id)],
            Threads = threads,
            Seed = seed,
        });
    }
}
