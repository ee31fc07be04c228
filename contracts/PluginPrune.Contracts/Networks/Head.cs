using System.Collections.Immutable;

namespace PluginPrune.Contracts.Networks;

/// <summary>
/// Says that a value is a raw output of the network, and what it means. The meaning is a plugin's: <see cref="Kind"/> names
/// the contribution that understands it, see <see cref="Heads.IHead"/>.
/// </summary>
/// <param name="Id">Unique among the heads, and stable.</param>
/// <param name="Kind">The name of the head contribution, for instance 'yolo'.</param>
/// <param name="Input">The value that it reads.</param>
/// <param name="Parameters">Named lists of numbers, for instance 'anchors' in pixels of the network's input, 'classes'.</param>
/// <param name="Origin">Where the user finds it.</param>
public sealed record Head(
    string Id, string Kind, string Input, ImmutableSortedDictionary<string, ImmutableArray<double>> Parameters, NodeOrigin Origin)
{
    /// <summary>What the format needs to write this head again.</summary>
    public Annotations Annotations { get; init; } = Annotations.None;

    /// <summary>
    /// Why what it reads cannot be taken apart by level or class, as one sentence for users that begins with 'They' for the boxes; null where
    /// nothing is known to be in the way.
    /// </summary>
    public string? Indivisible { get; init; }

    /// <summary>The first number of a parameter.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="otherwise">The answer where the head has no such parameter, or an empty one.</param>
    public double Number(string name, double otherwise) =>
        Parameters.TryGetValue(name, out ImmutableArray<double> numbers) && numbers.Length > 0 ? numbers[0] : otherwise;
}
