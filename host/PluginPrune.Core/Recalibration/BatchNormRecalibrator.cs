using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Reconstruction;

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

    /// <summary>Told after each step how many layers are done, and of how many.</summary>
    public Action<int, int>? Progressed { get; init; }

    /// <summary>Re-estimates means and variances.</summary>
    /// <param name="network">A network with one input.</param>
    /// <param name="pictures">Batches of pictures, gone through once or several times, the same each time; a batch is not kept after the next is asked for.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="RecalibrationException">The network has no batch norm or several inputs, there is no picture, or statistics are not finite.</exception>
    /// <exception cref="NotSupportedException">The engine cannot run the network.</exception>
    public RecalibrationResult Recalibrate(Network network, IEnumerable<Batch<float>> pictures, CancellationToken cancellationToken) =>
        Fit(network, [.. network.Nodes.Where(static node => node.Operation is BatchNorm)], pictures, wanted: null, weights: null, cancellationToken);

    /// <summary>
    /// Fits a pruned network to the one that it was: every batch norm makes of these pictures, channel by channel, what the
    /// original's makes of them in mean and variance, and biases without batch norm give the original's means. What is odd
    /// about the pictures is odd for both, and so does no harm.
    /// </summary>
    /// <param name="network">The pruned network.</param>
    /// <param name="plan">The plan that it was made by.</param>
    /// <param name="original">What the plan's network makes of the same pictures.</param>
    /// <param name="pictures">As above.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <inheritdoc cref="Recalibrate(Network, IEnumerable{Batch{float}}, CancellationToken)" path="/exception" />
    public RecalibrationResult Match(
        Network network, PruningPlan plan, OriginalMoments original, IEnumerable<Batch<float>> pictures, CancellationToken cancellationToken) =>
        Reconstruct(network, plan, original, pictures, weights: null, cancellationToken);

    /// <summary>The same, and before each batch norm the weights whose outputs it reads. A network without any is fitted, too.</summary>
    internal RecalibrationResult Reconstruct(
        Network network, PruningPlan plan, OriginalMoments original, IEnumerable<Batch<float>> pictures, WeightFit? weights, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(original);
        Dictionary<string, Moments> wanted = original.Under(plan);
        return Fit(network, [.. RecalibrationStep.LayersOf(network).Where(layer => wanted.ContainsKey(layer.Id))], pictures, wanted, weights, cancellationToken);
    }

    private RecalibrationResult Fit(
        Network network, Node[] layers, IEnumerable<Batch<float>> pictures, Dictionary<string, Moments>? wanted, WeightFit? weights, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        if (network.Inputs.Length != 1)
        {
            throw new RecalibrationException($"The network takes {network.Inputs.Length} inputs; networks with one are fitted to pictures.");
        }

        if (weights is null && !Array.Exists(layers, static layer => layer.Operation is BatchNorm))
        {
            throw new RecalibrationException("The network has no batch norm: there is nothing to re-estimate. Leave --recalibrate out.");
        }

        HashSet<string> weighted = new(weights?.LayersOf(network).Select(static layer => layer.Id) ?? [], StringComparer.Ordinal);
        HashSet<string> pending = new(layers.Select(static layer => layer.Id).Concat(weighted), StringComparer.Ordinal);
        int all = pending.Count;
        var values = new PictureValues(network.Inputs[0].Name, pictures, MemoryBytes);
        int constant = 0;
        int reconstructed = 0;
        while (pending.Count > 0)
        {
            var step = RecalibrationStep.Next(network, pending);
            Node[] refitted = [.. step.Layers.Where(layer => weighted.Contains(layer.Id))];
            Dictionary<string, Operation> fitted;
            if (refitted.Length > 0)
            {
                fitted = weights!.Fit(network, step with { Layers = refitted }, pending, values, cancellationToken);
                reconstructed += fitted.Count;
                weighted.ExceptWith(refitted.Select(static layer => layer.Id));

                // Where nothing can be found, there may be a bias left to fit.
                pending.ExceptWith(refitted.Select(static layer => layer.Id).Except(layers.Select(static layer => layer.Id), StringComparer.Ordinal));
            }
            else
            {
                fitted = FitStatistics(network, step, values, wanted, ref constant, cancellationToken);
            }

            network = network.With(network.Nodes.Select(node => fitted.TryGetValue(node.Id, out Operation? operation) ? node with { Operation = operation } : node), network.Heads);
            pending.ExceptWith(fitted.Keys);
            Progressed?.Invoke(all - pending.Count, all);

            // Left to itself the collector lets several times as many large arrays pile up as are in use.
            if (GC.GetTotalMemory(forceFullCollection: false) > MemoryBytes)
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: false);
            }
        }

        return new RecalibrationResult(network, layers.Length, values.Pictures, constant) { Weights = reconstructed };
    }

    private Dictionary<string, Operation> FitStatistics(
        Network network, RecalibrationStep step, PictureValues values, Dictionary<string, Moments>? wanted, ref int constant, CancellationToken cancellationToken)
    {
        Dictionary<string, Moments> moments = new StepRun(engine, network, step, MemoryBytes).Execute(values, cancellationToken);
        var fitted = new Dictionary<string, Operation>(StringComparer.Ordinal);
        foreach (Node layer in step.Layers)
        {
            Moments seen = moments[RecalibrationStep.SeenOf(layer)];
            seen.RefuseUnusable(layer);
            fitted.Add(layer.Id, Fit(layer.Operation, seen, wanted?[layer.Id]));
            constant += layer.Operation is BatchNorm ? seen.Variances.Count(static variance => variance == 0) : 0;
        }

        return fitted;
    }

    private static Operation Fit(Operation layer, Moments seen, Moments? wanted) => layer switch
    {
        BatchNorm norm => LayerFit.Fit(norm, seen, wanted),
        Convolution { Bias: { } bias } convolution => convolution with { Bias = LayerFit.Fit(bias, seen, wanted!) },
        Linear { Bias: { } bias } linear => new Linear(linear.Weight, LayerFit.Fit(bias, seen, wanted!)),
        _ => throw new ArgumentException($"A {layer.Name} has nothing to fit.", nameof(layer)),
    };
}
