using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Options;
using PluginPrune.Shared.Weights;

namespace PluginPrune.CriterionGroupNorm;

/// <summary>Options of <see cref="GroupNormCriterion"/>.</summary>
public sealed class GroupNormOptions
{
    /// <summary>The share of the channels that go.</summary>
    /// <value>The default is 0.5.</value>
    [Option("Share of the channels that go, lowest scores first", Minimum = 0, Maximum = 1)]
    public double Percent { get; init; } = 0.5;

    /// <summary>Among which channels the share is taken.</summary>
    /// <value>The default is <see cref="RateRange.Global"/>.</value>
    [Option("Whether the share is taken of all layers together or of each")]
    public RateRange Range { get; init; } = RateRange.Global;

    /// <summary>How tied layers agree.</summary>
    /// <value>The default is <see cref="Contracts.Criteria.Coupling.L2"/>: the norm over the whole group, one score for each element, as published.</value>
    [Option("How the layers of a tied set agree: l2 is the norm over all of them")]
    public Coupling Coupling { get; init; } = Coupling.L2;

    /// <summary>The least share of its channels that every layer keeps.</summary>
    /// <value>The default is 0.01.</value>
    [Option("Least share of its channels that every layer keeps", Minimum = 0, Maximum = 1, Aliases = ["layer_keep"])]
    public double LayerKeep { get; init; } = 0.01;

    /// <summary>How scores of different groups are made comparable.</summary>
    /// <value>The default is <see cref="ScoreNormalization.Mean"/>, of the squared norms, as published.</value>
    [Option("What squared norms of different groups are divided by to compare them: the mean of their group, or nothing")]
    public ScoreNormalization Normalize { get; init; } = ScoreNormalization.Mean;
}
