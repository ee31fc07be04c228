using PluginPrune.Contracts.Options;

namespace PluginPrune.CriterionUniform;

/// <summary>Options of <see cref="UniformCriterion"/>.</summary>
public sealed class UniformOptions
{
    /// <summary>The share of its channels that every layer loses.</summary>
    /// <value>The default is 0.5.</value>
    [Option("Share of its channels that every layer loses", Minimum = 0, Maximum = 1)]
    public double LayerPercent { get; init; } = 0.5;
}
