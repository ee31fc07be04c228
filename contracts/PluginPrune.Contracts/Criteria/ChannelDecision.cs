using System.Collections.Immutable;

namespace PluginPrune.Contracts.Criteria;

/// <summary>What a criterion decided: scores and a rule by which the host selects, or masks of its own making.</summary>
public sealed class ChannelDecision
{
    private readonly Func<double, ChannelDecision>? _choose;

    private ChannelDecision(ImmutableArray<MemberScores> scores, SelectionRule? rule, ChannelMasks? masks)
    {
        Scores = scores;
        Rule = rule;
        Masks = masks;
        Rate = rule is null ? null : new SelectionRate(rule.Rate, rule.RateOption);
    }

    private ChannelDecision(SelectionRate rate, ChannelDecision choice, Func<double, ChannelDecision> choose)
        : this(choice.Scores, null, choice.Masks)
    {
        Rate = rate;
        Notes = choice.Notes;
        _choose = choose;
    }

    /// <summary>The scores. Beside masks they may be empty; where given, they rank what constraints must bring back.</summary>
    public ImmutableArray<MemberScores> Scores { get; }

    /// <summary>The rule by which the host selects, or null where <see cref="Masks"/> are given.</summary>
    public SelectionRule? Rule { get; }

    /// <summary>The criterion's own choice, or null where <see cref="Rule"/> is given.</summary>
    public ChannelMasks? Masks { get; }

    /// <summary>The rate that was decided at, or null for masks without one: <see cref="At"/> then knows no other.</summary>
    public SelectionRate? Rate { get; }

    /// <summary>What there is to say of layers, in the order in which it is read; plans keep it and explanations show it.</summary>
    public ImmutableArray<LayerNote> Notes { get; private init; } = [];

    /// <summary>Leaves the choice to the host.</summary>
    /// <param name="scores">At most one entry for each member of each group.</param>
    /// <param name="rule">How to choose.</param>
    public static ChannelDecision FromScores(ImmutableArray<MemberScores> scores, SelectionRule rule) => new(scores, rule, null);

    /// <summary>Makes the choice, one alone: budgets, rounds and forecasts, which need a rate, are then refused.</summary>
    /// <param name="masks">What stays, for every group.</param>
    /// <param name="scores">For ranking; may be empty.</param>
    public static ChannelDecision FromMasks(ChannelMasks masks, ImmutableArray<MemberScores> scores) => new(scores, null, masks);

    /// <summary>Makes the choice, at this rate and any other: the host searches the rate that a budget asks for.</summary>
    /// <param name="rate">The rate that the options ask for.</param>
    /// <param name="choose">
    /// Masks with their scores and notes at a rate from 0 to 1: see <see cref="FromMasks"/>. At 0 nothing goes, at 1 all that may but
    /// what floors keep, and a larger rate drops at least what a smaller one does. It is called some 30 times in a search, first here,
    /// from one thread at a time; what is costly is best done before.
    /// </param>
    /// <exception cref="ArgumentNullException">An argument is null, or what <paramref name="choose"/> returns.</exception>
    public static ChannelDecision FromRate(SelectionRate rate, Func<double, ChannelDecision> choose)
    {
        ArgumentNullException.ThrowIfNull(rate);
        ArgumentNullException.ThrowIfNull(choose);
        ChannelDecision choice = choose(rate.Value);
        ArgumentNullException.ThrowIfNull(choice);
        return new ChannelDecision(rate, choice, choose);
    }

    /// <summary>The decision at another rate, its scores the same where they are the criterion's only word.</summary>
    /// <param name="rate">0 to 1.</param>
    /// <exception cref="InvalidOperationException">It has no <see cref="Rate"/>.</exception>
    public ChannelDecision At(double rate) =>
        Rule is { } rule ? new ChannelDecision(Scores, rule with { Rate = rate }, null) { Notes = Notes }
        : _choose is { } choose ? FromRate(Rate! with { Value = rate }, choose)
        : throw new InvalidOperationException("These masks are the criterion's one choice; it has no rate.");

    /// <summary>The same decision with something to say.</summary>
    /// <param name="notes">In the order in which they are read; several may be about one layer. Those of <see cref="FromRate"/> come from what its function returns.</param>
    public ChannelDecision WithNotes(ImmutableArray<LayerNote> notes) =>
        _choose is { } choose ? FromRate(Rate!, rate => choose(rate).WithNotes(notes)) : new ChannelDecision(Scores, Rule, Masks) { Notes = notes.IsDefault ? [] : notes };
}
