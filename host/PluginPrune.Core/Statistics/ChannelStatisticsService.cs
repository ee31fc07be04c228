using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Statistics;

/// <summary>Reduces values of a network, over many pictures, to a number a channel.</summary>
/// <param name="engine">Runs the network; one whose executables are <see cref="IStatisticsExecutable"/> reduces where the values are.</param>
public sealed class ChannelStatisticsService(IEngine engine)
{
    /// <summary>The most bytes that values handed out by the engine take at once, as far as one picture's value allows.</summary>
    /// <value>The default is 512 MiB. The result depends on it by no more than rounding.</value>
    public long MemoryBytes { get; init; } = 512L << 20;

    /// <summary>Reduces.</summary>
    /// <param name="network">A network with one input.</param>
    /// <param name="reductions">What is wanted of which value: a node's id or the input's name.</param>
    /// <param name="batches">The pictures; gone through once, a batch is not kept after the next is asked for.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>For each reduction one number a channel. What is not finite in the values is not finite here.</returns>
    /// <exception cref="ArgumentException">There is no picture, a batch does not fit, a value does not exist, or the network has several inputs.</exception>
    /// <exception cref="NotSupportedException">The engine cannot run the network.</exception>
    public ImmutableArray<double[]> Reduce(
        Network network, IReadOnlyList<ChannelReduction> reductions, IEnumerable<Batch<float>> batches, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(reductions);
        ArgumentNullException.ThrowIfNull(batches);
        if (network.Inputs.Length != 1)
        {
            throw new ArgumentException($"The network takes {network.Inputs.Length} inputs; statistics are taken of networks with one.", nameof(network));
        }

        foreach (ChannelReduction reduction in reductions.Where(reduction => reduction.Value != network.Inputs[0].Name && network.Find(reduction.Value) is null))
        {
            throw new ArgumentException($"The network has no value '{reduction.Value}'.", nameof(reductions));
        }

        using IExecutable<float> executable = engine.Compile(network);
        var reducer = new BatchReducer(executable, reductions, [network.Inputs[0].Name], [network.Inputs[0].Name], network.ShapeOf, MemoryBytes);
        bool isEmpty = true;
        foreach (Batch<float> batch in batches)
        {
            reducer.Add([batch], cancellationToken);
            isEmpty = false;
        }

        return isEmpty ? throw new ArgumentException("There is no picture to take statistics of.", nameof(batches)) : reducer.Results;
    }
}
