using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Options;

namespace PluginPrune.CriterionDual;

/// <summary>What one of the two criteria decided, at any rate.</summary>
internal sealed class Opinion
{
    private readonly ChannelDecision _decision;
    private readonly ILookup<GroupMember, double[]> _scores;
    private readonly ILookup<string, LayerNote> _notes;
    private readonly bool _skips;

    private Opinion(string name, ChannelDecision decision, bool skips)
    {
        Name = name;
        _decision = decision;
        _skips = skips;
        _scores = Scores(decision).ToLookup(static entry => entry.Member, static entry => entry.Values);
        _notes = decision.Notes.ToLookup(static note => note.Layer.Id, StringComparer.Ordinal);
    }

    /// <summary>The criterion's name, as the user gives it.</summary>
    public string Name { get; }

    /// <summary>Whether it has scores, and not masks alone.</summary>
    public bool HasScores => _scores.Count > 0;

    /// <summary>The layers that it scored, in its order.</summary>
    public IEnumerable<(ChannelGroup Group, GroupMember Member)> Scored => Scores(_decision).Select(static entry => (entry.Group, entry.Member));

    /// <summary>Whether its scores are places in sets of its own rather than values.</summary>
    public bool RanksItself => _decision.Rule is { HasOwnSets: true };

    /// <summary>Asks a criterion.</summary>
    /// <param name="role">The option that names it, 'first' or 'second'.</param>
    /// <param name="name">Its name.</param>
    /// <param name="options">How tied layers agree, and among which scores rates are taken.</param>
    /// <param name="context">The network.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="OptionException">It has no rate that could be given, or has been given one elsewhere.</exception>
    public static Opinion Ask(string role, string name, DualOptions options, PruningContext context, CancellationToken cancellationToken)
    {
        ImmutableArray<OptionDescriptor> known = context.Services.OptionsOf(name);
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        Give("coupling", options.Coupling.ToString());
        Give("range", options.Range == SelectionRange.Global ? "global" : "per-layer");
        ChannelDecision decision = context.Services.FindCriterion(name, given).Decide(context, cancellationToken);
        if (decision.Rate is not { } rate)
        {
            throw new OptionException($"--{role} is '{name}', which makes one choice and has no rate for --rates to give. Name another.");
        }

        if (known.Any(option => option.Name == rate.Option))
        {
            // Asked for with the rate too, so that the host refuses one that --set gives: --rates is what counts.
            given[rate.Option!] = rate.Text;
            context.Services.FindCriterion(name, given);
        }

        return new Opinion(name, decision.Rule is { } rule ? Adapt(decision, rule, options) : decision, options.Coupling == Coupling.Skip);

        // Not all spell options as these are spelled here, and some have none: what a rule says is changed below.
        void Give(string option, string value)
        {
            if (known.FirstOrDefault(candidate => candidate.Name == option)?.Choices.FirstOrDefault(choice => choice.Equals(value, StringComparison.OrdinalIgnoreCase)) is { } choice)
            {
                given.Add(option, choice);
            }
        }
    }

    /// <summary>What stays at a rate.</summary>
    /// <param name="context">The network.</param>
    /// <param name="rate">0 to 1.</param>
    public ChannelMasks Choose(PruningContext context, double rate)
    {
        ChannelMasks masks = context.Services.Select(context, _decision.At(rate));

        // A rule leaves tied layers alone by itself; who chooses by itself was not told to.
        return _skips && _decision.Rule is null
            ? new ChannelMasks(context.Groups.Select(group => group.IsTiedByAddition ? [.. masks[group].Select(static _ => true)] : masks[group]))
            : masks;
    }

    /// <summary>Its scores of a layer; null where it has none.</summary>
    public double[]? ScoresOf(GroupMember member) => _scores[member].FirstOrDefault();

    /// <summary>Whether it has a say in a layer: of one without scores only its masks tell.</summary>
    public bool SpeaksOf(GroupMember member) => !HasScores || ScoresOf(member) is not null;

    /// <summary>What it has to say of a layer.</summary>
    public IEnumerable<LayerNote> NotesOf(GroupMember member) => _notes[member.Layer.Id];

    /// <summary>Beside masks scores may be left out, even by a default that nobody filled.</summary>
    private static ImmutableArray<MemberScores> Scores(ChannelDecision decision) => decision.Scores.IsDefault ? [] : decision.Scores;

    private static ChannelDecision Adapt(ChannelDecision decision, SelectionRule rule, DualOptions options) => ChannelDecision.FromScores(
        decision.Scores,
        rule with { Coupling = options.Coupling, Range = options.Range }).WithNotes(decision.Notes);
}
