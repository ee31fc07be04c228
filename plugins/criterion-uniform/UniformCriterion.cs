using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;

namespace PluginPrune.CriterionUniform;

/// <summary>
/// The width multiplier of MobileNets (Howard et al. 2017, section 3.3) as a criterion: what is asked of pruning is that its
/// network be worth more than this one of the same size. Which channels go means nothing, so the places decide, and tied
/// layers agree by themselves.
/// </summary>
internal sealed class UniformCriterion(UniformOptions options) : ScoringCriterion
{
    /// <inheritdoc />
    protected override SelectionRule Rule { get; } = new()
    {
        Rate = options.LayerPercent,
        RateOption = "layer-percent",
        Range = SelectionRange.PerLayer,
        Coupling = Coupling.Union,
    };

    /// <inheritdoc />
    protected override double[]? Score(GroupMember member, PruningContext context) => [.. member.Elements.Select(static element => -(double)element)];
}
