using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;

namespace PluginPrune.CriterionBn.Shortcut;

/// <summary>Strategy 2 of the YOLOv3 pruning scripts, from coldlarry: one threshold; the first layer of a tied set decides for all.</summary>
internal sealed class ShortcutCriterion(ShortcutOptions options) : ScoringCriterion
{
    /// <inheritdoc />
    protected override SelectionRule Rule { get; } = new()
    {
        Rate = options.Percent,
        RateOption = "percent",
        Coupling = Coupling.First,
        KeepsThreshold = true,
    };

    /// <inheritdoc />
    protected override double[]? Score(GroupMember member, PruningContext context) => GammaScores.Of(member);
}
