using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Training;

namespace PluginPrune.Core.Training;

/// <summary>Samples to learn from. The input's memory is the loader's again as soon as the next batch is asked for, or a later one, see <see cref="TrainingEpoch.InUse"/>.</summary>
/// <param name="Index">The batch's index in its epoch.</param>
/// <param name="Input">[samples, channels, height, width], as the preprocessing says.</param>
/// <param name="Targets">What each sample shows, in pixels of the input; empty where it shows nothing.</param>
/// <param name="Files">The pictures that each sample is made of.</param>
public sealed record TrainingBatch(
    int Index, Batch<float> Input, IReadOnlyList<IReadOnlyList<TrainingTarget>> Targets, ImmutableArray<ImmutableArray<string>> Files)
{
    /// <summary>All files of the batch, each once, in the samples' order: for messages.</summary>
    public IEnumerable<string> AllFiles => Files.SelectMany(static files => files).Distinct(StringComparer.Ordinal);
}
