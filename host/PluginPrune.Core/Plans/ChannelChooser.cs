using PluginPrune.Contracts.Criteria;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Selection;

namespace PluginPrune.Core.Plans;

/// <summary>Asks a criterion once, and then says at any rate what stays.</summary>
internal sealed class ChannelChooser
{
    private readonly PruningContext _context;
    private readonly IPruningServices _services;
    private readonly SelectionGuards _guards;

    public ChannelChooser(NetworkAnalysis analysis, PlanRequest request, IPruningServices services, CancellationToken cancellationToken)
    {
        Analysis = analysis;
        _services = services;
        _guards = request.Guards;
        _context = new PruningContext(analysis.Network, analysis.Groups, services) { Scope = request.Scope, Seed = request.Seed };
        Decision = request.Criterion?.Decide(_context, cancellationToken);
    }

    public NetworkAnalysis Analysis { get; }

    /// <summary>What the criterion decided, at its own rate; null where there is none.</summary>
    public ChannelDecision? Decision { get; }

    /// <summary>What the criterion decided, at another rate.</summary>
    public ChannelDecision? DecisionAt(double? rate) =>
        rate is { } share && Decision?.Rule is { } rule ? ChannelDecision.FromScores(Decision.Scores, rule with { Rate = share }) : Decision;

    /// <summary>What stays, guards included.</summary>
    /// <param name="rate">The share of scores that go; null for the criterion's own.</param>
    public ChannelMasks MasksAt(double? rate) =>
        DecisionAt(rate) is { } decision
            ? MaskGuard.Enforce(Analysis, _guards, _services.Select(_context, decision), decision.Scores)
            : ChannelMasks.All(Analysis.Groups);

    /// <summary>The same in the groups of a network from which blocks were taken.</summary>
    public ChannelMasks MasksAt(double? rate, NetworkAnalysis left) =>
        left == Analysis
            ? MasksAt(rate)
            : MaskGuard.Enforce(
                left, _guards, MaskCarrier.Carry(Analysis, MasksAt(rate), left), Decision is null ? [] : MaskCarrier.Carry(Decision.Scores, left));
}
