using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;

namespace PluginPrune.Core.Tests.Sensitivity;

/// <summary>Scores channels by their places: the last ones go first.</summary>
internal sealed class ByIndex : ScoringCriterion
{
    protected override SelectionRule Rule { get; } = new() { Rate = 0.5, Range = SelectionRange.PerLayer };

    protected override double[]? Score(GroupMember member, PruningContext context) => [.. member.Elements.Select(static element => 1.0 / (1 + element))];
}
