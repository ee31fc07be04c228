using System.Collections.Immutable;

namespace PluginPrune.Contracts.Engines;

/// <summary>An executable that reduces values to a number a channel where they are, instead of handing all of them out.</summary>
public interface IStatisticsExecutable : IExecutable<float>
{
    /// <summary>Runs a batch and reduces values over its pictures and places.</summary>
    /// <param name="inputs">As for a run.</param>
    /// <param name="reductions">What is wanted of which value.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>For each reduction one number a channel, accumulated in double precision.</returns>
    /// <exception cref="ArgumentException">A batch does not fit its input, or a value does not exist.</exception>
    ImmutableArray<double[]> Reduce(
        IReadOnlyList<Batch<float>> inputs, IReadOnlyList<ChannelReduction> reductions, CancellationToken cancellationToken);
}
