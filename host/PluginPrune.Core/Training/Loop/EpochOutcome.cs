using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Training;

/// <summary>A complete epoch.</summary>
/// <param name="Checkpoint">From which the training goes on after it.</param>
/// <param name="Network">The network as it would be used: the average where one is kept.</param>
/// <param name="Current">The network with the tensors that are trained.</param>
/// <param name="IsBest">Whether no epoch before had as good a metric.</param>
/// <param name="IsLast">Whether the training ends with it.</param>
public sealed record EpochOutcome(Checkpoint Checkpoint, Network Network, Network Current, bool IsBest, bool IsLast)
{
    /// <summary>The epoch's row.</summary>
    public EpochResult Result => Checkpoint.Results[^1];
}
