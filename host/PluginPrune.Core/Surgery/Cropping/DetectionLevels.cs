using System.Collections.Immutable;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Surgery;

/// <summary>The levels of a detector: its heads by the size of the cells that they look at.</summary>
internal static class DetectionLevels
{
    // The parameter by which heads of YOLOv5 tell the loss how much each level counts.
    private const string Level = "level";

    /// <summary>The level of each detection head.</summary>
    /// <param name="network">The network.</param>
    /// <param name="findHead">Gives what understands a kind of heads.</param>
    public static ImmutableArray<(Head Head, int Level)> Of(Network network, Func<string, IHead> findHead) =>
    [
        .. network.Heads
            .Where(head => network.ShapeOf(head.Input).Rank == 3 && findHead(head.Kind) is IDetectionHead)
            .Select(head => (head, LevelOf(network.Inputs[0].Shape, network.ShapeOf(head.Input)))),
    ];

    /// <summary>The network without the heads of some levels, and without all that only they need.</summary>
    /// <param name="network">The network.</param>
    /// <param name="levels">The levels that go.</param>
    /// <param name="findHead">Gives what understands a kind of heads.</param>
    /// <exception cref="CropException">The network lacks one of them, or has no other.</exception>
    public static Network Drop(Network network, ImmutableArray<int> levels, Func<string, IHead> findHead)
    {
        if (levels.IsEmpty)
        {
            return network;
        }

        ImmutableArray<(Head Head, int Level)> known = Of(network, findHead);
        if (known.IsEmpty)
        {
            throw new CropException(network.Heads.FirstOrDefault(head => findHead(head.Kind) is IDetectionHead) is { } boxes
                ? $"'{network.Name}' gives the boxes of all levels as one, and no level of them can be dropped. {boxes.Indivisible ?? "They are decoded already."} Crop the network that it was made from, or an export of what its heads read."
                : $"'{network.Name}' has no levels that could be dropped: levels are of detectors, and none of its heads finds objects.");
        }

        string text = string.Join(", ", known.Select(static pair => pair.Level).Distinct().Order().Select(static level => FormattableString.Invariant($"{NetworkCrop.NameOf(level)} (stride {1 << level})")));
        int[] unknown = [.. levels.Where(level => known.All(pair => pair.Level != level))];
        if (unknown.Length > 0)
        {
            throw new CropException($"'{network.Name}' has no level {string.Join(" and no level ", unknown.Select(NetworkCrop.NameOf))}. It has {text}.");
        }

        string[] dropped = [.. known.Where(pair => levels.Contains(pair.Level)).Select(static pair => pair.Head.Id)];
        return dropped.Length == network.Heads.Length
            ? throw new CropException($"Without {string.Join(", ", levels.Select(NetworkCrop.NameOf))} '{network.Name}' would have no level left: it has {text}. Leave at least one.")
            : Without(network, [.. dropped]);
    }

    /// <summary>The network without some heads, and without the nodes that they alone need.</summary>
    private static Network Without(Network network, HashSet<string> dropped)
    {
        Head[] left = [.. Renumbered([.. network.Heads.Where(head => !dropped.Contains(head.Id))])];
        HashSet<string> gone = OfLevels(network, network.Heads.Where(head => dropped.Contains(head.Id)).Select(static head => head.Input));
        var needed = new HashSet<string>(StringComparer.Ordinal);

        // Backwards, so that every reader of a node has been looked at before it. What nothing ever read leaves the network and stays.
        needed.UnionWith(left.Select(static head => head.Input));
        for (int i = network.Nodes.Length - 1; i >= 0; i--)
        {
            Node node = network.Nodes[i];
            if (needed.Contains(node.Id) || (network.ConsumersOf(node.Id).IsEmpty && !gone.Contains(node.Id)))
            {
                needed.Add(node.Id);
                needed.UnionWith(node.Inputs);
            }
        }

        return network.With(network.Nodes.Where(node => needed.Contains(node.Id)), left);
    }

    /// <summary>What the heads of levels read, and all that is made of it.</summary>
    private static HashSet<string> OfLevels(Network network, IEnumerable<string> inputs)
    {
        HashSet<string> values = [.. inputs];
        foreach (Node node in network.Nodes)
        {
            if (node.Inputs.Any(values.Contains))
            {
                values.Add(node.Id);
            }
        }

        return values;
    }

    /// <summary>Heads that say which of how many levels they are say it of those that are left.</summary>
    private static IEnumerable<Head> Renumbered(Head[] left)
    {
        double[] numbers = [.. left.Select(static head => head.Parameters.GetValueOrDefault(Level, [])).Where(static level => level.Length == 2).Select(static level => level[0]).Order()];
        return left.Select(head => head.Parameters.GetValueOrDefault(Level, []) is [var number, _]
            ? head with { Parameters = head.Parameters.SetItem(Level, [Array.IndexOf(numbers, number), numbers.Length]) }
            : head);
    }

    private static int LevelOf(Shape picture, Shape cells) => Math.Max(0, (int)Math.Round(Math.Log2((double)picture.Height / cells.Height)));
}
