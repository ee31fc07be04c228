using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Statistics;

namespace PluginPrune.Core.Recalibration;

/// <summary>
/// What the layers of a whole network make of pictures, for those of the pruned one to make the same: of batch norms mean and
/// variance before scale and shift, of layers with a bias and no batch norm the mean.
/// </summary>
public sealed class OriginalMoments
{
    private readonly Dictionary<string, Moments> _moments = new(StringComparer.Ordinal);

    private OriginalMoments()
    {
    }

    /// <summary>Runs the whole network and takes them.</summary>
    /// <param name="engine">Runs the network.</param>
    /// <param name="network">The whole network, with one input.</param>
    /// <param name="pictures">Batches of pictures; a batch is not kept after the next is asked for.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="RecalibrationException">There is no picture, a value is not finite, or the network has several inputs.</exception>
    /// <exception cref="NotSupportedException">The engine cannot run the network.</exception>
    public static OriginalMoments Of(IEngine engine, Network network, IEnumerable<Batch<float>> pictures, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(pictures);
        if (network.Inputs.Length != 1)
        {
            throw new RecalibrationException($"The network takes {network.Inputs.Length} inputs; networks with one are fitted to pictures.");
        }

        Node[] layers = [.. RecalibrationStep.LayersOf(network)];
        var moments = new OriginalMoments();
        if (layers.Length == 0)
        {
            return moments;
        }

        ImmutableArray<double[]> seen = new ChannelStatisticsService(engine).Reduce(
            network,
            [.. layers.Select(RecalibrationStep.SeenOf).SelectMany(static value => new ChannelReduction[] { new(value, ChannelStatistic.Mean), new(value, ChannelStatistic.MeanOfSquares) })],
            OneAtLeast(pictures),
            cancellationToken);
        for (int i = 0; i < layers.Length; i++)
        {
            var whole = new Moments(seen[2 * i], seen[(2 * i) + 1]);
            whole.RefuseUnusable(layers[i]);
            if (layers[i].Operation is BatchNorm norm)
            {
                Normalize(whole, norm);
            }

            moments._moments.Add(layers[i].Id, whole);
        }

        return moments;
    }

    /// <summary>Those of the layers that a plan leaves, channel by channel; NaN for channels that are constants on purpose.</summary>
    /// <param name="plan">A plan for the network.</param>
    internal Dictionary<string, Moments> Under(PruningPlan plan) => _moments
        .Where(layer => !plan.IsRemoved(layer.Key))
        .ToDictionary(static layer => layer.Key, layer => layer.Value.Cut(plan.KeepOf(layer.Key), plan.ConstantsOf(layer.Key)), StringComparer.Ordinal);

    /// <summary>The same pictures. That there is none is seen when they have been gone through: who reads them may pass all of them over.</summary>
    private static IEnumerable<Batch<float>> OneAtLeast(IEnumerable<Batch<float>> pictures)
    {
        bool isEmpty = true;
        foreach (Batch<float> batch in pictures)
        {
            isEmpty = false;
            yield return batch;
        }

        if (isEmpty)
        {
            throw new RecalibrationException("There is no picture to fit the network to: none can be used. Name others.");
        }
    }

    private static void Normalize(Moments moments, BatchNorm norm)
    {
        for (int channel = 0; channel < moments.Means.Length; channel++)
        {
            double scale = 1 / Math.Sqrt(norm.Variance.Floats[channel] + norm.Epsilon);
            moments.Means[channel] = (moments.Means[channel] - norm.Mean.Floats[channel]) * scale;
            moments.Variances[channel] *= scale * scale;
        }
    }
}
