using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;

namespace PluginPrune.CriterionBn.Normal;

/// <summary>Strategy 1 of the YOLOv3 pruning scripts, from Lam1360: one threshold; what shortcuts tie is left alone.</summary>
internal sealed class NormalCriterion(NormalOptions options) : ScoringCriterion
{
    /// <inheritdoc />
    protected override SelectionRule Rule { get; } = new()
    {
        Rate = options.Percent,
        RateOption = "percent",
        Coupling = Coupling.Skip,
        KeepsThreshold = true,
    };

    /// <inheritdoc />
    protected override double[]? Score(GroupMember member, PruningContext context) => GammaScores.Of(member);
}
