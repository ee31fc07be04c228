using System.Collections.Immutable;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Training;

/// <summary>
/// The heads of a network that have anchors in pixels: they share a list, of which each picks some by a mask (YOLOv3), or each is a
/// 'level' with a list of its own (YOLOv5).
/// </summary>
public sealed class AnchoredHeads
{
    private const string Anchors = "anchors";
    private const string Mask = "mask";
    private const string Level = "level";

    private readonly Network _network;
    private readonly ImmutableArray<(ImmutableArray<Head> Heads, int Place)> _slots;

    private AnchoredHeads(Network network, ImmutableArray<(ImmutableArray<Head> Heads, int Place)> slots, AnchorMeasure measure)
    {
        (_network, _slots, Measure) = (network, slots, measure);
        Current = [.. slots.Select(static slot => new BoxSize(slot.Heads[0].Parameters[Anchors][2 * slot.Place], slot.Heads[0].Parameters[Anchors][(2 * slot.Place) + 1]))];
    }

    /// <summary>The anchors that some head picks: those of heads with the smallest cells first, of one head as its list has them.</summary>
    public ImmutableArray<BoxSize> Current { get; }

    /// <summary>By what the heads tell whether an anchor fits.</summary>
    public AnchorMeasure Measure { get; }

    /// <summary>Whether a network has heads each with a list of its own.</summary>
    /// <param name="network">The network.</param>
    public static bool HaveOwnLists(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Heads.Any(static head => head.Parameters.ContainsKey(Level) && head.Parameters.GetValueOrDefault(Anchors, []).Length >= 2 && !head.Parameters.ContainsKey(Mask));
    }

    /// <summary>Finds them.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The network's file, for messages.</param>
    /// <exception cref="InputException">It has no such heads, or their lists differ.</exception>
    public static AnchoredHeads Of(Network network, string path)
    {
        ArgumentNullException.ThrowIfNull(network);
        ImmutableArray<Head> heads = [.. network.Heads.Where(static head => head.Parameters.GetValueOrDefault(Anchors, []).Length >= 2)];
        ImmutableArray<Head> masked = [.. heads.Where(static head => !head.Parameters.GetValueOrDefault(Mask, []).IsEmpty)];
        if (!masked.IsEmpty)
        {
            Check(masked, path);
            return new AnchoredHeads(network, [.. PlacesOf(network, masked).Select(place => (masked, place))], AnchorMeasure.Iou);
        }

        ImmutableArray<Head> levels = [.. heads.Where(static head => head.Parameters.ContainsKey(Level)).OrderBy(head => CellOf(network, head))];
        return levels.IsEmpty
            ? throw new InputException(path, null, "the network has no heads that pick anchors by a mask or have a list of their own, as those of YOLOv3 and later do; there is nothing to fit.")
            : new AnchoredHeads(network, [.. levels.SelectMany(static head => Enumerable.Range(0, head.Parameters[Anchors].Length / 2).Select(place => (ImmutableArray.Create(head), place)))], AnchorMeasure.Sides);
    }

    /// <summary>Puts other anchors in place of those that are picked.</summary>
    /// <param name="anchors">As many as <see cref="Current"/>, by area, smallest first: heads with small cells get the small ones.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public Network With(ImmutableArray<BoxSize> anchors)
    {
        if (anchors.Length != _slots.Length)
        {
            throw new ArgumentException($"The heads pick {_slots.Length} anchors; {anchors.Length} were given.", nameof(anchors));
        }

        return _network.With(_network.Nodes, _network.Heads.Select(head => With(head, anchors)));
    }

    private Head With(Head head, ImmutableArray<BoxSize> anchors)
    {
        ImmutableArray<double> list = head.Parameters.GetValueOrDefault(Anchors, []);
        for (int i = 0; i < anchors.Length; i++)
        {
            (ImmutableArray<Head> heads, int place) = _slots[i];
            list = heads.Contains(head) ? list.SetItem(2 * place, anchors[i].Width).SetItem((2 * place) + 1, anchors[i].Height) : list;
        }

        return list == head.Parameters.GetValueOrDefault(Anchors, []) ? head : head with { Parameters = head.Parameters.SetItem(Anchors, list) };
    }

    private static void Check(ImmutableArray<Head> heads, string path)
    {
        foreach (Head head in heads)
        {
            if (!head.Parameters[Anchors].SequenceEqual(heads[0].Parameters[Anchors]))
            {
                throw new InputException(path, head.Origin.Line, $"the anchors of head '{head.Id}' are others than those of '{heads[0].Id}'. Give all heads the same list.");
            }

            if (head.Parameters[Mask].Any(index => index < 0 || (2 * index) + 1 >= head.Parameters[Anchors].Length))
            {
                throw new InputException(path, head.Origin.Line, $"the mask of head '{head.Id}' picks an anchor that is not there; it has {head.Parameters[Anchors].Length / 2}, counted from 0.");
            }
        }
    }

    // A list's place that two heads pick stands between them.
    private static IEnumerable<int> PlacesOf(Network network, ImmutableArray<Head> heads) =>
        from head in heads
        from index in head.Parameters[Mask]
        group CellOf(network, head) by (int)index into cells
        orderby cells.Average(), cells.Key
        select cells.Key;

    private static double CellOf(Network network, Head head) =>
        (double)network.Inputs[0].Shape.ElementsPerChannel / network.ShapeOf(head.Input).ElementsPerChannel;
}
