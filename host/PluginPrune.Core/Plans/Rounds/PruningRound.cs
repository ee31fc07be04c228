using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Costs;

namespace PluginPrune.Core.Plans;

/// <summary>
/// One round of several that end where one alone would: rates, floors, budgets and counts of blocks are given for the end and
/// refer to the network before the first round, whatever earlier rounds have left of it.
/// </summary>
/// <param name="Number">Which one, from 1.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Curve">How much has gone after each.</param>
/// <param name="Original">The network before the first round; its tensors' values do not matter.</param>
public sealed record PruningRound(int Number, int Count, PruningCurve Curve, Network Original)
{
    /// <summary>The names of the curves, as options write them.</summary>
    public static ImmutableArray<string> CurveNames { get; } = ["agp", "linear", "exponential"];

    /// <summary>The curve of a name.</summary>
    /// <param name="name">One of <see cref="CurveNames"/>.</param>
    public static PruningCurve CurveOf(string name) => name switch
    {
        "linear" => PruningCurve.Linear,
        "exponential" => PruningCurve.Exponential,
        _ => PruningCurve.Agp,
    };

    /// <summary>The share of the original that has gone after this round.</summary>
    /// <param name="final">The share that has gone after the last one, 0 to 1.</param>
    public double Share(double final)
    {
        if (Number >= Count)
        {
            // Not by the formula: the last round ends where it was asked to, to the last bit.
            return final;
        }

        double part = (double)Number / Count;
        return Curve switch
        {
            PruningCurve.Linear => final * part,
            PruningCurve.Exponential => 1 - Math.Pow(1 - final, part),
            _ => final * (1 - Math.Pow(1 - part, 3)),
        };
    }

    /// <summary>The share that goes in this round of what the one before it left, were all that was asked of it gone.</summary>
    /// <param name="final">The share that has gone after the last one, 0 to 1.</param>
    public double ShareOfRest(double final)
    {
        double before = Number > 1 ? (this with { Number = Number - 1 }).Share(final) : 0;
        return before < 1 ? (Share(final) - before) / (1 - before) : 0;
    }

    /// <summary>The most that may be left after this round.</summary>
    /// <param name="final">The most that may be left after the last one; the largest number there is for no bound.</param>
    /// <param name="whole">The cost of the original.</param>
    public CostTotals Limit(CostTotals final, CostTotals whole) =>
        new(Limit(final.Parameters, whole.Parameters), Limit(final.Flops, whole.Flops), Limit(final.Bytes, whole.Bytes));

    /// <summary>How many blocks go in this round: evenly, or as the curve of AGP has it; an exponential curve would take all at once.</summary>
    /// <param name="network">The network of this round.</param>
    /// <param name="final">How many have gone after the last round.</param>
    public int Blocks(Network network, int final)
    {
        double part = (double)Number / Count;
        double gone = Curve == PruningCurve.Agp ? 1 - Math.Pow(1 - part, 3) : part;
        int wanted = Number >= Count ? final : (int)Math.Floor(gone * final);
        return final == 0 ? 0 : Math.Max(0, wanted - (BlockFinder.Find(Original).Length - BlockFinder.Find(network).Length));
    }

    private long Limit(long final, long whole) =>
        Number >= Count || final >= whole ? final : (long)Math.Ceiling(whole * (1 - Share(1 - ((double)final / whole))));
}
