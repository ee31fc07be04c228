using System.Collections.Immutable;

namespace PluginPrune.Contracts.Engines;

/// <summary>An executable that can tell where its time goes.</summary>
public interface IProfilingExecutable : IExecutable<float>
{
    /// <summary>Computes values once and measures every node.</summary>
    /// <param name="inputs">As for a run.</param>
    /// <param name="values">As for a run.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The nodes that took time, in the order in which they ran; where several run as one, the first bears the time of all.</returns>
    ImmutableArray<NodeTime> Profile(IReadOnlyList<Batch<float>> inputs, IReadOnlyList<string> values, CancellationToken cancellationToken);
}
