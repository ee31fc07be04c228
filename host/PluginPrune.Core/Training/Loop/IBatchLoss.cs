using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Training;

namespace PluginPrune.Core.Training;

/// <summary>What a training makes smaller.</summary>
public interface IBatchLoss
{
    /// <summary>The values of the network that it reads.</summary>
    ImmutableArray<string> Values { get; }

    /// <summary>Computes it for a batch.</summary>
    /// <param name="batch">What the network was shown, and what is to be seen on it.</param>
    /// <param name="values">What the network made of it, in the order of <see cref="Values"/>.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>
    /// The weighted parts, always the same in the same order, and the derivative of their sum by each value; the arrays are the caller's.
    /// </returns>
    (ImmutableArray<LossTerm> Terms, ImmutableArray<Batch<float>> Gradients) Compute(
        TrainingBatch batch, ImmutableArray<Batch<float>> values, CancellationToken cancellationToken);
}
