using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;

namespace PluginPrune.CriterionDual;

/// <summary>
/// Where two criteria place a layer's channels, as one number: the mean of both places, weighted by the rates. Places are shares of
/// the layer, r / n for the r-th lowest of n, so that criteria of any scale can be added.
/// </summary>
internal sealed class CombinedRanks
{
    // 3 and 5 at 60 and 40 is as much as 5 and 2: what is equal must not differ by what rounding leaves.
    private const int Digits = 9;

    private readonly ILookup<int, MemberScores> _ofGroup;
    private readonly Coupling _coupling;

    /// <param name="first">The first criterion.</param>
    /// <param name="second">The second one.</param>
    /// <param name="weights">How much the word of each counts; they need not sum to 1.</param>
    /// <param name="coupling">How tied layers agree.</param>
    public CombinedRanks(Opinion first, Opinion second, DualRates weights, Coupling coupling)
    {
        _coupling = coupling;
        Scores =
        [
            .. first.Scored.Concat(second.Scored).Distinct()
                .Select(pair => new MemberScores(pair.Group, pair.Member, Mean(PlacesOf(first, pair.Member), weights.First, PlacesOf(second, pair.Member), weights.Second))),
        ];
        _ofGroup = Scores.ToLookup(static entry => entry.Group.Index);
    }

    /// <summary>The mean places, layer by layer.</summary>
    public ImmutableArray<MemberScores> Scores { get; }

    /// <summary>Drops elements of a group, those of the lowest mean place first, of equal ones the higher index.</summary>
    /// <param name="group">The group.</param>
    /// <param name="count">How many.</param>
    /// <returns>What stays.</returns>
    public ImmutableArray<bool> Drop(ChannelGroup group, int count)
    {
        double?[] scores = ElementScores(group);
        bool[] keep = new bool[group.Size];
        Array.Fill(keep, true);
        foreach (int element in Enumerable.Range(0, group.Size)
            .Where(element => scores[element] is not null && group.LockOf(element) is null)
            .OrderBy(element => scores[element])
            .ThenByDescending(static element => element)
            .Take(count))
        {
            keep[element] = false;
        }

        return [.. keep];
    }

    private static double[]? PlacesOf(Opinion opinion, GroupMember member) =>
        opinion.ScoresOf(member) is { } scores ? opinion.RanksItself ? scores : Places(scores) : null;

    private static double[] Places(double[] scores)
    {
        int[] order = [.. Enumerable.Range(0, scores.Length).OrderBy(channel => scores[channel]).ThenByDescending(static channel => channel)];
        double[] places = new double[scores.Length];
        for (int i = 0; i < order.Length; i++)
        {
            places[order[i]] = (i + 1.0) / order.Length;
        }

        return places;
    }

    /// <summary>Where one has nothing to say, the other's word counts alone.</summary>
    private static double[] Mean(double[]? first, double firstWeight, double[]? second, double secondWeight) => (first, second) switch
    {
        ({ } left, { } right) => [.. left.Zip(right, (a, b) => Math.Round(((a * firstWeight) + (b * secondWeight)) / (firstWeight + secondWeight), Digits))],
        _ => first ?? second!,
    };

    /// <summary>One number for each element of a group, of what its layers think; null where none thinks anything.</summary>
    private double?[] ElementScores(ChannelGroup group)
    {
        MemberScores[] members = [.. _ofGroup[group.Index].Where(static entry => entry.Member.IsInScope).OrderBy(entry => group.Members.IndexOf(entry.Member))];
        var opinions = new List<double>[group.Size];
        foreach (MemberScores member in _coupling == Coupling.First ? members.Take(1) : members)
        {
            for (int i = 0; i < member.Values.Length; i++)
            {
                (opinions[member.Member.Elements[i]] ??= []).Add(member.Values[i]);
            }
        }

        return [.. opinions.Select(of => of is null ? (double?)null : Agree(of))];
    }

    private double Agree(List<double> places) => _coupling switch
    {
        Coupling.Intersection => places.Min(),
        Coupling.Mean => places.Average(),
        Coupling.L2 => Math.Sqrt(places.Sum(static place => place * place)),
        _ => places.Max(),
    };
}
