using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;

namespace PluginPrune.CriterionBn.Slim;

/// <summary>
/// Strategy 3 of the YOLOv3 pruning scripts, from SlimYOLOv3: one threshold over all gammas, a floor for every layer, and of
/// tied channels those stay that any layer wants.
/// </summary>
internal sealed class SlimCriterion(SlimOptions options) : ScoringCriterion
{
    /// <inheritdoc />
    protected override SelectionRule Rule { get; } = new()
    {
        Rate = options.GlobalPercent,
        RateOption = "global-percent",
        Range = options.Range,
        LayerKeep = options.LayerKeep,
        Coupling = options.Coupling,
        KeepsThreshold = false,
    };

    /// <inheritdoc />
    protected override double[]? Score(GroupMember member, PruningContext context) => GammaScores.Of(member);
}
