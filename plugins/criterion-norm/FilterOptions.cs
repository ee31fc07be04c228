using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Options;
using PluginPrune.Shared.Weights;

namespace PluginPrune.CriterionNorm;

/// <summary>Options of the criteria that score filters by their weights.</summary>
public sealed class FilterOptions
{
    /// <summary>The share of the channels that go.</summary>
    /// <value>The default is 0.5.</value>
    [Option("Share of the channels that go, lowest scores first", Minimum = 0, Maximum = 1)]
    public double Percent { get; init; } = 0.5;

    /// <summary>Among which channels the share is taken.</summary>
    /// <value>The default is <see cref="RateRange.PerLayer"/>, as published: norms depend on how many weights a filter has.</value>
    [Option("Whether the share is taken of all layers together or of each")]
    public RateRange Range { get; init; } = RateRange.PerLayer;

    /// <summary>How tied layers agree.</summary>
    /// <value>The default is <see cref="Contracts.Criteria.Coupling.Mean"/>: of long residual chains a union leaves nearly everything.</value>
    [Option("How the layers of a tied set agree")]
    public Coupling Coupling { get; init; } = Coupling.Mean;

    /// <summary>The least share of its channels that every layer keeps.</summary>
    /// <value>The default is 0.01.</value>
    [Option("Least share of its channels that every layer keeps", Minimum = 0, Maximum = 1, Aliases = ["layer_keep"])]
    public double LayerKeep { get; init; } = 0.01;

    /// <summary>How scores of different layers are made comparable; what each layer ranks for itself does not depend on it.</summary>
    /// <value>The default is <see cref="ScoreNormalization.Mean"/>.</value>
    [Option("What scores of different layers are divided by to compare them: the mean of their layer, or nothing")]
    public ScoreNormalization Normalize { get; init; } = ScoreNormalization.Mean;

    internal SelectionRule Rule => new()
    {
        Rate = Percent,
        RateOption = "percent",
        Range = (SelectionRange)Range,
        Coupling = Coupling,
        LayerKeep = LayerKeep,
    };
}
