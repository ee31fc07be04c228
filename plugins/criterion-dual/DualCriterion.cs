using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Options;

namespace PluginPrune.CriterionDual;

/// <summary>
/// Two criteria, each at its own rate, and what goes of what they drop (Yang, Liang and Du: dual-criterion pruning by parameter
/// subspace and BN scaling factor, Computer Engineering 47(2), 2021, steps 5 to 7). A budget scales both rates together.
/// </summary>
internal sealed class DualCriterion : IPruningCriterion
{
    private readonly DualOptions _options;
    private readonly DualRates _rates;

    /// <exception cref="OptionException">The rates are none, or both criteria are the same.</exception>
    public DualCriterion(DualOptions options)
    {
        _options = options;
        _rates = DualRates.Parse(options.Rates);
        if (options.First == options.Second)
        {
            throw new OptionException($"--first and --second are both '{options.First}', and what a criterion drops twice goes once. Name another with one of them.");
        }
    }

    /// <inheritdoc />
    public ChannelDecision Decide(PruningContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var first = Opinion.Ask("first", _options.First, _options, context, cancellationToken);
        var second = Opinion.Ask("second", _options.Second, _options, context, cancellationToken);
        if (_options.Combine == Combination.Rank && Array.Find([first, second], static opinion => !opinion.HasScores) is { } silent)
        {
            throw new OptionException($"--combine rank needs scores, and '{silent.Name}' gives none. Choose union or intersection.");
        }

        var ranks = new CombinedRanks(first, second, _rates.Larger == 0 ? new DualRates(1, 1) : _rates, _options.Coupling);
        return ChannelDecision.FromRate(
            new SelectionRate(_rates.Larger, "rates") { Format = larger => _rates.Scale(larger).ToString() },
            larger => Choose(context, first, second, ranks, _rates.Scale(larger)));
    }

    private ChannelDecision Choose(PruningContext context, Opinion first, Opinion second, CombinedRanks ranks, DualRates rates)
    {
        ChannelMasks byFirst = first.Choose(context, rates.First);
        ChannelMasks bySecond = second.Choose(context, rates.Second);
        ChannelMasks chosen = new(context.Groups.Select(group => Combine(group, byFirst[group], bySecond[group], ranks)));
        var notes = new DualNotes(_options, new Verdict(first, rates.First, byFirst), new Verdict(second, rates.Second, bySecond));
        return ChannelDecision.FromMasks(chosen, ranks.Scores).WithNotes([.. context.Groups.SelectMany(group => notes.Of(group, chosen[group]))]);
    }

    private ImmutableArray<bool> Combine(ChannelGroup group, ImmutableArray<bool> first, ImmutableArray<bool> second, CombinedRanks ranks)
    {
        bool[] keep = new bool[group.Size];
        for (int element = 0; element < keep.Length; element++)
        {
            keep[element] = _options.Combine == Combination.Intersection ? first[element] || second[element] : first[element] && second[element];
        }

        return _options.Combine == Combination.Rank ? ranks.Drop(group, keep.Count(static kept => !kept)) : [.. keep];
    }
}
