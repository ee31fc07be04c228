using System.Collections.Immutable;

namespace PluginPrune.Core.Recipes;

/// <summary>What a network that a step made is worth and costs.</summary>
/// <param name="Step">The step's name; steps of one name are repetitions.</param>
/// <param name="Seed">The seed of the repetition, or null for a step that is done once.</param>
/// <param name="Network">The file of the network.</param>
/// <param name="Metrics">What was measured, by name; see <see cref="ResultColumn"/> for those that are shown.</param>
public sealed record StepResult(string Step, int? Seed, string Network, ImmutableSortedDictionary<string, double> Metrics)
{
    /// <summary>What tells the network from others, or null where that is not known.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>A metric; NaN where it was not measured.</summary>
    /// <param name="metric">Its name.</param>
    public double this[string metric] => Metrics.GetValueOrDefault(metric, double.NaN);
}
