using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Options;
using PluginPrune.Shared.Weights;

namespace PluginPrune.CriterionNorm.Chance;

/// <summary>Options of <see cref="RandomCriterion"/>.</summary>
public sealed class RandomOptions
{
    /// <summary>The share of the channels that go.</summary>
    /// <value>The default is 0.5.</value>
    [Option("Share of the channels that go", Minimum = 0, Maximum = 1)]
    public double Percent { get; init; } = 0.5;

    /// <summary>Among which channels the share is taken.</summary>
    /// <value>The default is <see cref="RateRange.PerLayer"/>.</value>
    [Option("Whether the share is taken of all layers together or of each")]
    public RateRange Range { get; init; } = RateRange.PerLayer;

    /// <summary>How tied layers agree; all of them draw the same, so that it matters little, but for skip.</summary>
    /// <value>The default is <see cref="Contracts.Criteria.Coupling.Mean"/>.</value>
    [Option("How the layers of a tied set agree")]
    public Coupling Coupling { get; init; } = Coupling.Mean;

    /// <summary>The least share of its channels that every layer keeps.</summary>
    /// <value>The default is 0.01.</value>
    [Option("Least share of its channels that every layer keeps", Minimum = 0, Maximum = 1, Aliases = ["layer_keep"])]
    public double LayerKeep { get; init; } = 0.01;
}
