using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Core.Selection;

namespace PluginPrune.Core.Tests.Inspection;

/// <summary>Scores by |gamma|, globally.</summary>
internal sealed class GammaCriterion(double rate, Coupling coupling = Coupling.Union, SelectionRange range = SelectionRange.Global) : ScoringCriterion
{
    public static PruningServices Services { get; } = new(static (_, _) => throw new InvalidOperationException("No criterion is asked for here."));

    protected override SelectionRule Rule { get; } = new() { Rate = rate, Coupling = coupling, Range = range, RateOption = "rate" };

    protected override double[]? Score(GroupMember member, PruningContext context) =>
        member.Norm is { } norm ? [.. member.Channels.Select(channel => (double)Math.Abs(norm.Gamma.Floats[channel]))] : null;
}
