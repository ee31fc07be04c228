using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Plugins.Tests.CriterionDual;

/// <summary>The two criteria together, as slowly and plainly as they can be written down: one channel struck out after the other.</summary>
internal sealed class ReferenceDual
{
    private readonly Coupling _coupling;
    private readonly (Func<GroupMember, double[]?> Score, double Rate)[] _two;

    public ReferenceDual(Coupling coupling, (Func<GroupMember, double[]?> Score, double Rate) first, (Func<GroupMember, double[]?> Score, double Rate) second)
    {
        _coupling = coupling;
        _two = [first, second];
    }

    /// <summary>The magnitudes of gammas.</summary>
    public static double[]? Gammas(GroupMember member) =>
        member.Norm is { } norm ? [.. member.Channels.Select(channel => (double)Math.Abs(norm.Gamma.Floats[channel]))] : null;

    /// <summary>The sums of the magnitudes of filters' weights.</summary>
    public static double[]? Sums(GroupMember member)
    {
        var weight = member.Layer.Operation switch
        {
            Convolution convolution => convolution.Weight,
            Linear linear => linear.Weight,
            _ => null,
        };
        if (weight is null)
        {
            return null;
        }

        int filter = weight.Count / weight.Shape[0];
        return [.. member.Channels.Select(channel => weight.Floats.Slice(channel * filter, filter).ToArray().Sum(static value => (double)Math.Abs(value)))];
    }

    public HashSet<int> Union(ChannelGroup group) => [.. Dropped(group, 0).Union(Dropped(group, 1))];

    public HashSet<int> Intersection(ChannelGroup group) => [.. Dropped(group, 0).Intersect(Dropped(group, 1))];

    /// <summary>As many as the union has, the lowest of the mean places first.</summary>
    public HashSet<int> Rank(ChannelGroup group)
    {
        int wanted = Union(group).Count;
        var places = new Dictionary<int, List<double>>();
        bool isFirst = true;
        foreach (GroupMember member in group.Members)
        {
            double[]?[] both = [.. _two.Select(one => one.Score(member) is { } scores ? Enumerable.Range(0, scores.Length).Select(i => Place(scores, i)).ToArray() : null)];
            if (both[0] is null && both[1] is null)
            {
                continue;
            }

            for (int i = 0; i < member.Elements.Length; i++)
            {
                double place = both[0] is null ? both[1]![i]
                    : both[1] is null ? both[0]![i]
                    : Math.Round(((both[0]![i] * _two[0].Rate) + (both[1]![i] * _two[1].Rate)) / (_two[0].Rate + _two[1].Rate), 9);
                if (isFirst || _coupling != Coupling.First)
                {
                    places.TryAdd(member.Elements[i], []);
                    places[member.Elements[i]].Add(place);
                }
            }

            isFirst = false;
        }

        var agreed = places.Where(pair => group.LockOf(pair.Key) is null).ToDictionary(static pair => pair.Key, pair => Agree(pair.Value));
        return [.. Strike([.. agreed.Keys.Order()], element => agreed[element], wanted)];
    }

    private static double Place(double[] scores, int channel) =>
        (1.0 + Enumerable.Range(0, scores.Length).Count(other => scores[other] < scores[channel] || (scores[other] == scores[channel] && other > channel))) / scores.Length;

    private double Agree(List<double> places) => _coupling switch
    {
        Coupling.Intersection => places.Min(),
        Coupling.Mean => places.Sum() / places.Count,
        Coupling.L2 => Math.Sqrt(places.Select(static place => place * place).Sum()),
        _ => places.Max(),
    };

    /// <summary>What one of the two drops of a group.</summary>
    private HashSet<int> Dropped(ChannelGroup group, int which)
    {
        (Func<GroupMember, double[]?> score, double rate) = _two[which];
        GroupMember[] members = [.. group.Members.Where(member => score(member) is not null)];
        if (members.Length == 0 || (_coupling == Coupling.Skip && group.IsTiedByAddition))
        {
            return [];
        }

        if (_coupling is Coupling.Maximum or Coupling.Mean or Coupling.L2)
        {
            var scores = new Dictionary<int, List<double>>();
            foreach (GroupMember member in members)
            {
                double[] values = score(member)!;
                for (int i = 0; i < values.Length; i++)
                {
                    scores.TryAdd(member.Elements[i], []);
                    scores[member.Elements[i]].Add(values[i]);
                }
            }

            return Lowest([.. scores.Keys.Order().Where(element => group.LockOf(element) is null)], element => One(scores[element]), rate, scores.Count);
        }

        // Channel by channel: a layer may have an element several times.
        var words = Enumerable.Range(0, group.Size).Select(static _ => new List<bool>()).ToArray();
        foreach (GroupMember member in _coupling == Coupling.First ? members.Take(1) : members)
        {
            double[] values = score(member)!;
            HashSet<int> struck = Lowest([.. Enumerable.Range(0, values.Length).Where(channel => group.LockOf(member.Elements[channel]) is null)], channel => values[channel], rate, values.Length);
            for (int channel = 0; channel < values.Length; channel++)
            {
                words[member.Elements[channel]].Add(struck.Contains(channel));
            }
        }

        return [.. Enumerable.Range(0, group.Size).Where(element =>
            words[element].Count > 0 && (_coupling == Coupling.Intersection ? words[element].Contains(true) : !words[element].Contains(false)))];
    }

    private double One(List<double> scores) => _coupling switch
    {
        Coupling.Maximum => scores.Max(),
        Coupling.Mean => scores.Sum() / scores.Count,
        _ => Math.Sqrt(scores.Select(static score => score * score).Sum()),
    };

    /// <summary>The share of what may go, of all but one.</summary>
    private static HashSet<int> Lowest(int[] free, Func<int, double> score, double rate, int all) =>
        Strike(free, score, Math.Min((int)((decimal)rate * free.Length), all - 1));

    private static HashSet<int> Strike(int[] elements, Func<int, double> score, int count)
    {
        var left = elements.ToList();
        var struck = new HashSet<int>();
        for (int i = 0; i < count && left.Count > 0; i++)
        {
            int lowest = left[0];
            foreach (int element in left)
            {
                lowest = score(element) <= score(lowest) ? element : lowest;
            }

            left.Remove(lowest);
            struck.Add(lowest);
        }

        return struck;
    }
}
