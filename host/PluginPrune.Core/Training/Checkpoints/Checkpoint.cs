using System.Collections.Immutable;
using PluginPrune.Contracts.Training;

namespace PluginPrune.Core.Training;

/// <summary>All that a training needs to go on as if nothing had happened.</summary>
/// <param name="State">The engine's part.</param>
/// <param name="Epoch">The epoch that comes next, from 0.</param>
/// <param name="Settings">What the training was asked to do, by name: it must be asked the same to go on.</param>
public sealed record Checkpoint(TrainingState State, int Epoch, ImmutableSortedDictionary<string, string> Settings)
{
    /// <summary>The rows of the results so far, one an epoch.</summary>
    public ImmutableArray<EpochResult> Results { get; init; } = [];

    /// <summary>The epoch with the best metric, from 0, or -1 where none was measured.</summary>
    public int BestEpoch { get; init; } = -1;

    /// <summary>What was forecast before a sparse training; null where nothing was.</summary>
    public CollapseForecast? Forecast { get; init; }
}
