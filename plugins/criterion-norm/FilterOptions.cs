using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Options;
using PluginPrune.Shared.Weights;

namespace PluginPrune.CriterionNorm;

/// <summary>
/// Options of the criteria that score filters by their weights. Layer by layer, as published: norms depend on how many weights a
/// filter has. Tied layers take their mean: of long residual chains a union leaves nearly everything.
/// </summary>
public sealed class FilterOptions() : ShareOptions(SelectionRange.PerLayer, Coupling.Mean)
{
    /// <summary>How scores of different layers are made comparable; what each layer ranks for itself does not depend on it.</summary>
    /// <value>The default is <see cref="ScoreNormalization.Mean"/>.</value>
    [Option("What scores of different layers are divided by to compare them: the mean of their layer, or nothing")]
    public ScoreNormalization Normalize { get; init; } = ScoreNormalization.Mean;
}
