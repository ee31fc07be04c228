using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Options;
using PluginPrune.Shared.Weights;

namespace PluginPrune.CriterionGroupNorm;

/// <summary>Options of <see cref="GroupNormCriterion"/>. As published, all layers together, and one norm over all of a group: <see cref="Contracts.Criteria.Coupling.L2"/>.</summary>
public sealed class GroupNormOptions() : ShareOptions(SelectionRange.Global, Coupling.L2)
{
    /// <summary>How scores of different groups are made comparable.</summary>
    /// <value>The default is <see cref="ScoreNormalization.Mean"/>, of the squared norms, as published.</value>
    [Option("What squared norms of different groups are divided by to compare them: the mean of their group, or nothing")]
    public ScoreNormalization Normalize { get; init; } = ScoreNormalization.Mean;
}
