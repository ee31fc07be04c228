using System.Collections.Immutable;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Training;

/// <summary>The heads of a network that share a list of anchors, of which each picks some by a mask.</summary>
public sealed class AnchoredHeads
{
    private const string Anchors = "anchors";
    private const string Mask = "mask";

    private readonly Network _network;
    private readonly ImmutableArray<Head> _heads;
    private readonly ImmutableArray<int> _places;

    private AnchoredHeads(Network network, ImmutableArray<Head> heads, ImmutableArray<int> places)
    {
        (_network, _heads, _places) = (network, heads, places);
        Current = [.. places.Select(place => new BoxSize(heads[0].Parameters[Anchors][2 * place], heads[0].Parameters[Anchors][(2 * place) + 1]))];
    }

    /// <summary>The anchors that some head picks: those of heads with the smallest cells first, of one head as its list has them.</summary>
    public ImmutableArray<BoxSize> Current { get; }

    /// <summary>Finds them.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The network's file, for messages.</param>
    /// <exception cref="InputException">It has no such heads, or their lists differ.</exception>
    public static AnchoredHeads Of(Network network, string path)
    {
        ArgumentNullException.ThrowIfNull(network);
        ImmutableArray<Head> heads =
        [
            .. network.Heads.Where(static head => head.Parameters.GetValueOrDefault(Anchors, []).Length >= 2 && !head.Parameters.GetValueOrDefault(Mask, []).IsEmpty),
        ];
        if (heads.IsEmpty)
        {
            throw new InputException(path, null, "the network has no heads that pick anchors by a mask, as those of YOLOv3 and later do; there is nothing to fit.");
        }

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

        return new AnchoredHeads(network, heads, [.. PlacesOf(network, heads)]);
    }

    /// <summary>Puts other anchors in place of those that are picked.</summary>
    /// <param name="anchors">As many as <see cref="Current"/>, by area, smallest first: heads with small cells get the small ones.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public Network With(ImmutableArray<BoxSize> anchors)
    {
        if (anchors.Length != _places.Length)
        {
            throw new ArgumentException($"The heads pick {_places.Length} anchors; {anchors.Length} were given.", nameof(anchors));
        }

        double[] list = [.. _heads[0].Parameters[Anchors]];
        for (int i = 0; i < anchors.Length; i++)
        {
            (list[2 * _places[i]], list[(2 * _places[i]) + 1]) = (anchors[i].Width, anchors[i].Height);
        }

        return _network.With(
            _network.Nodes,
            _network.Heads.Select(head => _heads.Contains(head) ? head with { Parameters = head.Parameters.SetItem(Anchors, [.. list]) } : head));
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
