using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Core.Selection;

namespace PluginPrune.Core.Inspection;

/// <summary>What a criterion would take at different rates, without the network having been run.</summary>
public sealed record Forecast
{
    private const int FewestScores = 100;

    /// <summary>How many scores are ranked.</summary>
    public required int Scores { get; init; }

    /// <summary>The rate that the criterion was asked for, or null where it chooses by other means than a rate.</summary>
    public double? AskedRate { get; init; }

    /// <summary>How scores become a choice: where the rate is not one of all layers together, no gap over all of them matters. Null where the criterion makes its own choice at every rate.</summary>
    public SelectionRule? Rule { get; init; }

    /// <summary>One row for each rate, ascending.</summary>
    public ImmutableArray<ForecastRow> Rows { get; init; } = [];

    /// <summary>Where the scores have a gap, or null.</summary>
    public Cliff? Cliff { get; init; }

    /// <summary>The largest rate, in tenths of a percent, at which nothing goes but zeros and what is as good as zero.</summary>
    public double FreeRate { get; init; }

    /// <summary>How far one can go before it costs: to the gap, or where there is none as long as nothing is taken.</summary>
    public double SafeRate => Cliff?.SafeRate ?? FreeRate;

    /// <summary>Whether much can go for little, as sparse training leaves it.</summary>
    public bool IsSparse => Rule is { } rule && rule.ComparesLayers() && Scores >= FewestScores && SafeRate >= EnergyCurve.LeastFreeRate;

    /// <summary>One or two sentences: is the network ready to be pruned, and how far.</summary>
    public string Verdict => this switch
    {
        { AskedRate: null } => "No forecast: the criterion makes its own choice, not by a rate.",
        { Rule: null } => "The criterion makes its own choice at every rate: no gap in scores tells which is safe.",
        { Scores: 0 } => "No forecast: the criterion gives no scores by which channels of this network could go.",
        { Rule.HasOwnSets: true } => "The criterion takes its rate of sets of its own making: a gap over all layers says nothing here.",
        { Rule.Range: SelectionRange.PerLayer } => "The criterion takes its rate of each layer by itself: a gap over all layers says nothing here.",
        { Scores: < FewestScores } => Text($"{Scores} scores are too few to tell a gap."),
        { Cliff: { } cliff } => Text(
            $"{(IsSparse ? "Sparse" : "Hardly sparse")}: the scores jump from {cliff.Below:G3} to {cliff.Above:G3}. Up to {cliff.SafeRate:P1} can go for {cliff.Energy:P2} of their energy; more falls off the cliff."),
        { IsSparse: true } => Text(
            $"Sparse: {FreeRate:P1} of the scores are zero, or as good as zero. There is no gap beyond: {Next.Rate:P0} takes {Next.Energy:P1} of their energy."),
        _ => Text(
            $"Not sparse: the scores have no gap. {Rows[0].Rate:P0} takes {Rows[0].Energy:P1} of their energy, {Rows[Rows.Length / 2].Rate:P0} takes {Rows[Rows.Length / 2].Energy:P1}. Train sparse first, or prune little and fine-tune."),
    };

    private ForecastRow Next => Rows.FirstOrDefault(row => row.Rate > FreeRate, Rows[^1]);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
