using System.Collections.Immutable;

namespace PluginPrune.Core.Recipes;

/// <summary>A step's networks: one, or one for each seed.</summary>
/// <param name="Step">The step's name.</param>
/// <param name="Repetitions">At least one.</param>
public sealed record ResultRow(string Step, ImmutableArray<StepResult> Repetitions)
{
    /// <summary>Whether there is one repetition, or all are the same network byte for byte: then there is no chance in it to tell of.</summary>
    public bool IsOneNetwork => Repetitions is [var first, ..] && (Repetitions.Length == 1 || (first.Fingerprint is { } known && Repetitions.All(one => one.Fingerprint == known)));

    /// <summary>The networks that differ by chance: all repetitions, or the first where they are the same.</summary>
    public IEnumerable<StepResult> Samples => IsOneNetwork ? Repetitions.Take(1) : Repetitions;

    /// <summary>The mean of a metric.</summary>
    /// <param name="metric">Its name.</param>
    public SampleMean Mean(string metric) => SampleMean.Of(Samples.Select(one => one[metric]));
}
