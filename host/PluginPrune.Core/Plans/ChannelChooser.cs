using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Selection;
using PluginPrune.Core.Surgery;

namespace PluginPrune.Core.Plans;

/// <summary>Asks a criterion once, and then says at any rate what stays.</summary>
internal sealed class ChannelChooser
{
    private readonly PruningContext _context;
    private readonly IPruningServices _services;
    private readonly SelectionGuards _guards;
    private readonly FoldingMode _folding;
    private readonly OriginalSizes? _original;

    public ChannelChooser(NetworkAnalysis analysis, PlanRequest request, IPruningServices services, CancellationToken cancellationToken)
    {
        Analysis = analysis;
        _services = services;
        _guards = request.Guards;
        _folding = request.Folding;
        _context = new PruningContext(analysis.Network, analysis.Groups, services) { Scope = request.Scope, Seed = request.Seed };
        Decision = request.Criterion?.Decide(_context, cancellationToken);
        ScoreCheck.Check(Decision?.Scores ?? []);
        if (request.Round is { } round && Decision is not null)
        {
            SelectionRate rate = Decision.Rate ?? throw new PlanException("Pruning in rounds needs a criterion with a rate that can grow from round to round; this one makes its own choice.");
            _original = Decision.Rule is { } rule ? new OriginalSizes(round.Original, _context, Decision.Scores, rule) : null;
            Decision = Decision.At(_original is null ? round.ShareOfRest(rate.Value) : round.Share(rate.Value));
        }
    }

    public NetworkAnalysis Analysis { get; }

    /// <summary>What the criterion decided, at its own rate or at that of the round; null where there is none.</summary>
    public ChannelDecision? Decision { get; }

    /// <summary>What the criterion decided, at another rate.</summary>
    public ChannelDecision? DecisionAt(double? rate) =>
        rate is { } share && Decision?.Rate is not null ? Decision.At(share) : Decision;

    /// <summary>The plan of a rate: what stays, guards and constant channels included.</summary>
    /// <param name="rate">The share of scores that go; null for the criterion's own.</param>
    public PruningPlan PlanAt(double? rate) => PlanAt(rate, Analysis.Network, [], Analysis);

    /// <summary>The same for a network from which blocks are taken.</summary>
    /// <param name="rate">The share of scores that go; null for the criterion's own.</param>
    /// <param name="network">The whole network.</param>
    /// <param name="removed">The blocks that go.</param>
    /// <param name="left">What they leave, analysed.</param>
    public PruningPlan PlanAt(double? rate, Network network, ImmutableArray<ResidualBlock> removed, NetworkAnalysis left)
    {
        ChannelDecision? decision = DecisionAt(rate);
        ChannelMasks wanted = Wanted(decision);
        ImmutableArray<MemberScores> scores = decision?.Scores is { IsDefault: false } given ? given : [];
        if (left != Analysis)
        {
            wanted = MaskCarrier.Carry(Analysis, MaskGuard.Enforce(Analysis, _guards, wanted, scores), left);
            scores = MaskCarrier.Carry(scores, left);
        }

        return _folding == FoldingMode.Exact
            ? new ExactPlanner(network, removed, left, _guards, scores).Plan(wanted)
            : new PruningPlan(network, removed, left, MaskGuard.Enforce(left, _guards, wanted, scores)) { Folding = _folding };
    }

    private ChannelMasks Wanted(ChannelDecision? decision) =>
        decision is null ? ChannelMasks.All(Analysis.Groups)
        : _original is null ? _services.Select(_context, decision)
        : RuleSelector.Select(_context, decision.Scores, decision.Rule!, _original);
}
