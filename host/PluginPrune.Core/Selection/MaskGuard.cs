using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;

namespace PluginPrune.Core.Selection;

/// <summary>
/// Makes masks legal: no value without a channel, floors, equal parts, multiples. It only ever brings channels back, the best
/// ranked first, and repeats until nothing is missing; keeping all is always legal, so it ends.
/// </summary>
internal sealed class MaskGuard
{
    private readonly NetworkAnalysis _analysis;
    private readonly SelectionGuards _guards;
    private readonly bool[][] _keep;
    private readonly double[][] _ranks;
    private readonly Dictionary<string, int> _partsOf = new(StringComparer.Ordinal);

    private MaskGuard(NetworkAnalysis analysis, SelectionGuards guards, ChannelMasks masks, ImmutableArray<MemberScores> scores)
    {
        _analysis = analysis;
        _guards = guards;
        _keep = [.. analysis.Groups.Select(group => masks[group].ToArray())];
        _ranks = Ranks(analysis.Groups, scores);
        FindParts();
    }

    /// <param name="analysis">The network.</param>
    /// <param name="guards">What to keep.</param>
    /// <param name="masks">What a criterion wants.</param>
    /// <param name="scores">What ranks channels that must come back; where there are none, lower indexes come first.</param>
    public static ChannelMasks Enforce(
        NetworkAnalysis analysis, SelectionGuards guards, ChannelMasks masks, ImmutableArray<MemberScores> scores)
    {
        var guard = new MaskGuard(analysis, guards, masks, scores);
        guard.KeepLocked();
        while (guard.Pass())
        {
            // Bringing a channel back in one place may unbalance another.
        }

        return new ChannelMasks(guard._keep.Select(static keep => keep.ToImmutableArray()));
    }

    public static double[][] Ranks(ImmutableArray<ChannelGroup> groups, ImmutableArray<MemberScores> scores)
    {
        double[][] ranks = [.. groups.Select(static group => Enumerable.Repeat(double.NegativeInfinity, group.Size).ToArray())];
        foreach (MemberScores score in scores)
        {
            double[] rank = ranks[score.Group.Index];
            for (int i = 0; i < score.Values.Length; i++)
            {
                int element = score.Member.Elements[i];
                rank[element] = Math.Max(rank[element], score.Values[i]);
            }
        }

        return ranks;
    }

    private void KeepLocked()
    {
        foreach (ChannelGroup group in _analysis.Groups.Where(static group => !group.Locks.IsEmpty))
        {
            for (int element = 0; element < group.Size; element++)
            {
                _keep[group.Index][element] |= group.LockOf(element) is not null;
            }
        }
    }

    /// <returns>Whether anything was brought back.</returns>
    private bool Pass()
    {
        bool changed = false;
        Network network = _analysis.Network;
        foreach (Node node in network.Nodes)
        {
            ImmutableArray<ChannelElement> elements = _analysis.ElementsOf(node.Id);
            int floor = 1;
            if (_partsOf.TryGetValue(node.Id, out int parts))
            {
                changed |= RaiseParts(elements, parts);
                continue;
            }

            if (node.Operation is Convolution or Linear)
            {
                floor = Math.Max(1, (int)((decimal)_guards.LayerKeep * elements.Length));
                int kept = Math.Max(floor, Count(elements));
                floor = Math.Min(elements.Length, (kept + _guards.RoundTo - 1) / _guards.RoundTo * _guards.RoundTo);
            }

            changed |= BringBack(elements, floor);
        }

        foreach (EqualParts constraint in _analysis.Constraints)
        {
            ImmutableArray<ChannelElement>[] parts = Parts(constraint);
            int most = Math.Max(1, parts.Max(Count));
            foreach (ImmutableArray<ChannelElement> part in parts)
            {
                changed |= BringBack(part, most);
            }
        }

        return changed;
    }

    /// <summary>
    /// Layers whose channels must stay in equal parts: rounding their totals by rank would make the parts uneven, levelling
    /// them would break the rounding, and the two would drive each other up. Their parts are rounded instead.
    /// </summary>
    private void FindParts()
    {
        foreach (Node layer in _analysis.Network.Nodes.Where(static node => node.Operation is Convolution or Linear))
        {
            ImmutableArray<ChannelElement> elements = _analysis.ElementsOf(layer.Id);
            int[] parts =
            [
                .. _analysis.Constraints
                    .Where(constraint => _analysis.ElementsOf(constraint.Value).AsSpan().SequenceEqual(elements.AsSpan()))
                    .Select(static constraint => constraint.Parts),
            ];
            if (parts.Length > 0)
            {
                // Halves of equal quarters are equal; where neither divides the other, the passes settle it.
                _partsOf[layer.Id] = parts.Max();
            }
        }
    }

    /// <summary>Raises every part to the least count that holds the fullest part, the floor and the rounding.</summary>
    private bool RaiseParts(ImmutableArray<ChannelElement> elements, int parts)
    {
        int size = elements.Length / parts;
        int floor = Math.Max(1, (int)((decimal)_guards.LayerKeep * elements.Length));
        ImmutableArray<ChannelElement>[] split = Split(elements, parts);
        int wanted = Math.Max(split.Max(Count), (floor + parts - 1) / parts);
        while (wanted < size && wanted * parts % _guards.RoundTo != 0)
        {
            wanted++;
        }

        return split.Aggregate(false, (changed, part) => BringBack(part, wanted) || changed);
    }

    private ImmutableArray<ChannelElement>[] Parts(EqualParts constraint) =>
        Split(_analysis.ElementsOf(constraint.Value), constraint.Parts);

    private static ImmutableArray<ChannelElement>[] Split(ImmutableArray<ChannelElement> elements, int parts)
    {
        int size = elements.Length / parts;
        return [.. Enumerable.Range(0, parts).Select(part => elements.Slice(part * size, size))];
    }

    private bool IsKept(ChannelElement element) => element.Group < 0 || _keep[element.Group][element.Element];

    private int Count(ImmutableArray<ChannelElement> elements) => elements.Count(IsKept);

    /// <summary>Brings channels back until at least <paramref name="wanted"/> of a value's stay.</summary>
    private bool BringBack(ImmutableArray<ChannelElement> elements, int wanted)
    {
        int kept = Count(elements);
        if (kept >= wanted)
        {
            return false;
        }

        foreach (ChannelElement element in elements
            .Where(element => !IsKept(element))
            .Distinct()
            .OrderByDescending(element => _ranks[element.Group][element.Element])
            .ThenBy(static element => element.Group)
            .ThenBy(static element => element.Element)
            .ToArray())
        {
            _keep[element.Group][element.Element] = true;
            if (Count(elements) >= wanted)
            {
                break;
            }
        }

        return true;
    }
}
