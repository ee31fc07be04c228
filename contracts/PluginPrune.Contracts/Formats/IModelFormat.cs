using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Formats;

/// <summary>Reads and writes the files of one model format.</summary>
/// <remarks>
/// What is read and written again unchanged must give the same tensors bit for bit. Methods may be called from any thread,
/// one at a time.
/// </remarks>
public interface IModelFormat
{
    /// <summary>Reads a network.</summary>
    /// <param name="source">The files.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="InputException">A file is missing or is not what it must be.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Network Read(ModelSource source, CancellationToken cancellationToken);

    /// <summary>Says what keeps a network from being written in this format.</summary>
    /// <param name="network">Any network.</param>
    /// <returns>One sentence for each node or head at fault, naming it; empty where <see cref="Write"/> will work.</returns>
    ImmutableArray<string> FindObstacles(Network network);

    /// <summary>Writes a network that has no obstacles.</summary>
    /// <param name="network">The network.</param>
    /// <param name="sink">Takes the files.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    void Write(Network network, IModelSink sink, CancellationToken cancellationToken);
}
