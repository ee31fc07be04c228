using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Core.Recalibration;

/// <summary>
/// Re-estimates the running means and variances of batch norms on pictures without labels, as EagleEye does after pruning (Li
/// et al. 2020, section 3.3, 'adaptive batch normalization'), which averages those of batches in train mode. Here they are
/// those of all pictures together, and each layer's are taken with the new ones of all layers before it: what a batch norm
/// sees of these pictures has exactly the mean and variance that it holds, whatever the batches were.
/// </summary>
/// <param name="engine">Runs the network, piece by piece.</param>
public sealed class BatchNormRecalibrator(IEngine engine)
{
    /// <summary>
    /// The most bytes that values between layers take. Where they need more, the layers before are run again for each batch
    /// norm; the result is the same but for rounding.
    /// </summary>
    /// <value>The default is 1 GiB.</value>
    public long MemoryBytes { get; init; } = 1L << 30;

    /// <summary>Told after each step how many batch norms are done, and of how many.</summary>
    public Action<int, int>? Progressed { get; init; }

    /// <summary>Re-estimates.</summary>
    /// <param name="network">A network with one input.</param>
    /// <param name="pictures">Batches of pictures, gone through once or several times, the same each time; a batch is not kept after the next is asked for.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="RecalibrationException">The network has no batch norm or several inputs, there is no picture, or statistics are not finite.</exception>
    /// <exception cref="NotSupportedException">The engine cannot run the network.</exception>
    public RecalibrationResult Recalibrate(Network network, IEnumerable<Batch<float>> pictures, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(pictures);
        if (network.Inputs.Length != 1)
        {
            throw new RecalibrationException($"The network takes {network.Inputs.Length} inputs; batch norms are re-estimated for networks with one picture.");
        }

        HashSet<string> pending = new(network.Nodes.Where(static node => node.Operation is BatchNorm).Select(static node => node.Id), StringComparer.Ordinal);
        int count = pending.Count;
        if (count == 0)
        {
            throw new RecalibrationException("The network has no batch norm: there is nothing to re-estimate. Leave --recalibrate out.");
        }

        var values = new PictureValues(network.Inputs[0].Name, pictures, MemoryBytes);
        int constant = 0;
        while (pending.Count > 0)
        {
            var step = RecalibrationStep.Next(network, pending);
            var statistics = new StepRun(engine, network, step, MemoryBytes).Execute(values, cancellationToken);
            var changed = new Dictionary<string, BatchNorm>(StringComparer.Ordinal);
            foreach (Node norm in step.Norms)
            {
                InputStatistics seen = statistics[norm.Inputs[0]];
                seen.RefuseUnusable(norm);
                changed.Add(norm.Id, seen.Fit((BatchNorm)norm.Operation));
                constant += seen.Constant;
            }

            network = network.With(network.Nodes.Select(node => changed.TryGetValue(node.Id, out BatchNorm? norm) ? node with { Operation = norm } : node), network.Heads);
            pending.ExceptWith(changed.Keys);
            Progressed?.Invoke(count - pending.Count, count);
        }

        return new RecalibrationResult(network, count, values.Pictures, constant);
    }
}
