using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Costs;
using PluginPrune.Core.Selection;
using PluginPrune.Core.Sensitivity;
using PluginPrune.Core.Surgery;

namespace PluginPrune.Core.Plans;

/// <summary>Makes plans: asks the criteria, guards what they say, and brings channels, blocks and budgets together.</summary>
/// <param name="services">What criteria may ask of the host.</param>
public sealed class PlanMaker(IPruningServices services)
{
    // Blocks chosen at one rate may lead to another rate and other blocks; it settles in two or three rounds.
    private const int Rounds = 5;

    private static readonly ImmutableSortedDictionary<string, double> NoScores = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>Makes a plan.</summary>
    /// <param name="network">The network.</param>
    /// <param name="request">By what.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="PlanException">More blocks are asked for than can go, the budget cannot be met, or curves are of another network.</exception>
    public PlanResult Make(Network network, PlanRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        request = request.Round is { } round ? request with { Blocks = round.Blocks(network, request.Blocks) } : request;
        request.Kept?.RefuseUnknown(network);
        if (request.Curves is { } curves)
        {
            curves.RefuseOthers(network);
            request = request with { Criterion = new CurveCriterion(request.Criterion ?? throw new PlanException("Curves say how many channels of a group go, and no criterion says which."), curves, request.ChosenOptions) };
        }

        if (request.PartRates is { } parts)
        {
            request = request with { Criterion = new PartCriterion(request.Criterion ?? throw new PlanException("Parts of the network have rates, and no criterion says which channels go."), parts, request.ChosenOptions) };
        }

        return request switch
        {
            { Blocks: 0 } => ChannelsAlone(network, request, cancellationToken),
            { Order: PlanOrder.BlocksFirst } => BlocksFirst(network, request, cancellationToken),
            _ => ChannelsFirst(network, request, cancellationToken),
        };
    }

    private static NetworkAnalysis Analyse(Network network, PlanRequest request)
    {
        var analysis = NetworkAnalysis.Of(network, request.Scope);
        return request.Kept?.Lock(analysis) ?? analysis;
    }

    private PlanResult ChannelsAlone(Network network, PlanRequest request, CancellationToken cancellationToken)
    {
        var chooser = new ChannelChooser(Analyse(network, request), request, services, cancellationToken);
        return Finish(network, [], chooser.Analysis, chooser, request, NoScores, cancellationToken);
    }

    private PlanResult BlocksFirst(Network network, PlanRequest request, CancellationToken cancellationToken)
    {
        (ImmutableArray<ResidualBlock> removed, var scores) = BlockChooser.Choose(network, request);
        NetworkAnalysis analysis = Analyse(BlockRemoval.Remove(network, removed), request);
        var chooser = new ChannelChooser(analysis, request, services, cancellationToken);
        return Finish(network, removed, analysis, chooser, request, scores, cancellationToken);
    }

    private PlanResult ChannelsFirst(Network network, PlanRequest request, CancellationToken cancellationToken)
    {
        var chooser = new ChannelChooser(Analyse(network, request), request, services, cancellationToken);
        // Where blocks decide too, costs alone give the rate to begin with: what must be measured is measured with the blocks gone.
        RateSearch? search = SearchOf(network, request, chooser);
        double? rate = search?.FindByCost(share => chooser.PlanAt(share), cancellationToken) ?? (search is null ? FreeRateOf(request, chooser) : 1);
        PlanResult? result = null;
        for (int round = 0; round < Rounds; round++)
        {
            Network small = NetworkSurgeon.Apply(chooser.PlanAt(rate), cancellationToken).Network;
            (ImmutableArray<ResidualBlock> chosen, var scores) = BlockChooser.Choose(small, request);

            // Surgery on channels keeps every block where it was.
            ImmutableArray<ResidualBlock> removed =
                [.. chosen.Select(block => chooser.Analysis.Blocks.Single(whole => whole.Junction.Id == block.Junction.Id))];
            if (result is not null && removed.SequenceEqual(result.Plan.RemovedBlocks))
            {
                break;
            }

            NetworkAnalysis left = Analyse(BlockRemoval.Remove(network, removed), request);
            result = Finish(network, removed, left, chooser, request, scores, cancellationToken);
            if (search is null)
            {
                break;
            }

            rate = result.Rate;
        }

        return result!;
    }

    private static PlanResult Finish(
        Network network,
        ImmutableArray<ResidualBlock> removed,
        NetworkAnalysis left,
        ChannelChooser chooser,
        PlanRequest request,
        ImmutableSortedDictionary<string, double> blockScores,
        CancellationToken cancellationToken)
    {
        RateSearch? search = SearchOf(network, request, chooser);
        double? rate = search is null ? FreeRateOf(request, chooser) : search.Find(PlanAt, cancellationToken);
        return new PlanResult(chooser.PlanAt(rate, network, removed, left), chooser.DecisionAt(rate), rate, blockScores)
        {
            Path = search?.Path ?? [],
            Round = request.Round,
            Curves = request.Curves,
            ReplacedOption = (request.Criterion as PartCriterion)?.Replaced,
            Parts = request.PartRates is null ? null : new NetworkParts(network).Describe(),
        };

        PruningPlan PlanAt(double share) => chooser.PlanAt(share, network, removed, left);
    }

    /// <summary>Where nobody chose the rate: how far it is free, for a network trained sparse on which the standard goes further; else null.</summary>
    private static double? FreeRateOf(PlanRequest request, ChannelChooser chooser)
    {
        if (request is not { ChosenOptions: { } chosen, Round: null } || chooser.Decision is not { Rule: { RateOption: { } option } rule } decision || !rule.ComparesLayers() || chosen.Contains(option))
        {
            return null;
        }

        double free = new EnergyCurve(DecidingScores.Of(decision.Scores, rule.Coupling)).FindFreeRate();
        return free >= EnergyCurve.LeastFreeRate && free < rule.Rate ? free : null;
    }

    /// <exception cref="PlanException">A budget is asked for and the criterion has no rate to search.</exception>
    private static RateSearch? SearchOf(Network network, PlanRequest request, ChannelChooser chooser)
    {
        Budget? budget = request.Budget is { IsEmpty: false } given ? given : null;
        if (budget is null && request.Target is null)
        {
            return null;
        }

        return chooser.Decision is { Rate: not null }
            ? new RateSearch(budget, request.Target, CostOf(request.Round?.Original ?? request.Whole ?? network), request.Round) { IsByCurves = request.Curves is not null, Keeps = request.Kept is not null, Floor = CriterionOption.Of(request.Criterion, CriterionOption.Floor) }
            : throw new PlanException($"{(budget is null ? "A target that is measured" : $"A budget ({budget})")} needs a criterion with a rate that can be searched for; this one {(chooser.Decision is null ? "is 'none'" : "makes its own choice")}.");
    }

    private static CostTotals CostOf(Network network)
    {
        var cost = NetworkCost.Of(network);
        return new CostTotals(cost.Parameters, 2 * cost.Layers.Sum(static layer => layer.MultiplyAdds), cost.Bytes);
    }
}
