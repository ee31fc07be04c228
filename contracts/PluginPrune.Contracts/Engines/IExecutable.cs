using System.Collections.Immutable;

namespace PluginPrune.Contracts.Engines;

/// <summary>A network ready to run.</summary>
/// <typeparam name="T">The precision: float or double.</typeparam>
/// <remarks>One run at a time, unless an <see cref="IParallelEngine"/> made it for several; dispose of it when done.</remarks>
public interface IExecutable<T> : IDisposable
    where T : unmanaged
{
    /// <summary>Computes values.</summary>
    /// <param name="inputs">One batch for each input of the network, in the network's order, all of one batch size.</param>
    /// <param name="values">The names of the values wanted: nodes' ids.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The values in the order asked for; their arrays are the caller's.</returns>
    /// <exception cref="ArgumentException">A batch does not fit its input, or a value does not exist.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    ImmutableArray<Batch<T>> Run(
        IReadOnlyList<Batch<T>> inputs, IReadOnlyList<string> values, CancellationToken cancellationToken);
}
