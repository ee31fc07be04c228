using System.Collections.Immutable;
using System.Globalization;
using System.IO.Enumeration;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Core.Selection;

/// <summary>
/// The parts that a network's layers belong to. Where its file says it, as YOLOv5's does, that counts; elsewhere the backbone is all
/// layers before the first one that some of its heads do not need, and the head is that layer and all behind it.
/// </summary>
public sealed class NetworkParts
{
    private const string Backbone = "backbone";
    private const string HeadPart = "head";

    private readonly Network _network;
    private readonly ImmutableArray<string> _layers;
    private readonly ImmutableDictionary<string, string> _partOf;

    /// <summary>Finds the parts of a network.</summary>
    /// <param name="network">The network.</param>
    public NetworkParts(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        _network = network;
        _layers = [.. network.Nodes.Select(static node => node.Origin.Layer).Distinct(StringComparer.Ordinal)];
        IsTold = network.Nodes.Any(static node => node.Origin.Part is not null);
        _partOf = IsTold
            ? network.Nodes.Where(static node => node.Origin.Part is not null).DistinctBy(static node => node.Origin.Layer, StringComparer.Ordinal).ToImmutableDictionary(static node => node.Origin.Layer, static node => node.Origin.Part!, StringComparer.Ordinal)
            : network.Annotations.Find<KnownParts>()?.PartOf ?? Derive();
    }

    /// <summary>Whether the network's file tells the parts.</summary>
    public bool IsTold { get; }

    /// <summary>The parts' names, in the network's order.</summary>
    public IEnumerable<string> Names => _layers.Select(layer => _partOf.GetValueOrDefault(layer)).OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>The layers' names, in the network's order.</summary>
    public ImmutableArray<string> Layers => _layers;

    /// <summary>
    /// Whether a layer belongs to what a user calls a part: a name, a layer with all that is in it, a range of numbered layers, or a
    /// pattern of layers, each with all that is in it, in which * stands for anything and ? for one letter.
    /// </summary>
    /// <param name="part">The part.</param>
    /// <param name="layer">The layer.</param>
    public bool Holds(string part, string layer)
    {
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(layer);
        if (_partOf.GetValueOrDefault(layer) == part || Enclosing(layer).Any(within => within == part))
        {
            return true;
        }

        if (part.AsSpan().ContainsAny('*', '?'))
        {
            return Enclosing(layer).Any(within => FileSystemName.MatchesSimpleExpression(part, within, ignoreCase: false));
        }

        return Range(part) is { } range && Number(layer.Split('.')[0]) is { } number && number >= range.First && number <= range.Last;
    }

    /// <summary>Whether anything of the network is in such a part.</summary>
    /// <param name="part">The part.</param>
    public bool Has(string part) => _layers.Any(layer => Holds(part, layer));

    /// <summary>What somebody may have meant who names a part that the network does not have: names that are near, a range turned round.</summary>
    /// <param name="part">The part.</param>
    public IEnumerable<string> NearestTo(string part)
    {
        ArgumentNullException.ThrowIfNull(part);
        return part.Split('-') is [var first, var last] && Has($"{last}-{first}") ? [$"{last}-{first}"] : NearestNames.Of(part, Names.Concat(_layers));
    }

    /// <summary>A network that is left of this one, with the same parts: what lies where in the whole one cannot be seen in it any more.</summary>
    /// <param name="left">The same layers, or fewer.</param>
    public Network Keep(Network left)
    {
        ArgumentNullException.ThrowIfNull(left);
        return IsTold
            ? left
            : new Network(left.Name, left.Inputs, left.Nodes, left.Heads) { ClassNames = left.ClassNames, Annotations = left.Annotations.With(new KnownParts(_partOf)) };
    }

    /// <summary>In words, for instance 'backbone: layers 0 to 9, head: layers 10 to 24, as the file tells'.</summary>
    public string Describe()
    {
        string parts = string.Join(", ", Names.Select(name =>
        {
            string[] layers = [.. _layers.Where(layer => _partOf.GetValueOrDefault(layer) == name).Select(static layer => layer.Split('.')[0]).Distinct(StringComparer.Ordinal)];
            return layers.Length == 1 ? $"{name}: layer {layers[0]}" : $"{name}: layers {layers[0]} to {layers[^1]}";
        }));
        return parts.Length == 0 ? "layers by their names" : $"{parts}{(IsTold ? ", as the file tells" : ", which not every head needs")}";
    }

    /// <summary>A layer and all those that it is in: of '4.m.0.cv1' also '4.m.0', '4.m' and '4'; ONNX names parts with strokes.</summary>
    private static IEnumerable<string> Enclosing(string layer)
    {
        for (int end = layer.Length; end > 0; end = layer.AsSpan(0, end).LastIndexOfAny('.', '/'))
        {
            yield return layer[..end];
        }
    }

    private static (int First, int Last)? Range(string part) =>
        part.Split('-') is [var first, var last] && Number(first) is { } start && Number(last) is { } end && start <= end ? (start, end) : null;

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private ImmutableDictionary<string, string> Derive()
    {
        int[] needed = new int[_network.Nodes.Length];
        foreach (Head head in _network.Heads)
        {
            bool[] ancestors = AncestorsOf(head.Input);
            for (int i = 0; i < needed.Length; i++)
            {
                needed[i] += ancestors[i] ? 1 : 0;
            }
        }

        int first = Array.FindIndex(needed, count => count < _network.Heads.Length);
        if (_network.Heads.Length < 2 || first <= 0)
        {
            return ImmutableDictionary<string, string>.Empty;
        }

        string start = _network.Nodes[first].Origin.Layer;
        int behind = _layers.IndexOf(start);
        return _layers.Select((layer, i) => (layer, i)).ToImmutableDictionary(static pair => pair.layer, pair => pair.i < behind ? Backbone : HeadPart, StringComparer.Ordinal);
    }

    private bool[] AncestorsOf(string value)
    {
        bool[] ancestors = new bool[_network.Nodes.Length];
        int last = _network.IndexOf(value);
        if (last < 0)
        {
            return ancestors;
        }

        ancestors[last] = true;
        for (int i = last; i >= 0; i--)
        {
            foreach (string input in ancestors[i] ? _network.Nodes[i].Inputs : [])
            {
                if (_network.IndexOf(input) is >= 0 and var index)
                {
                    ancestors[index] = true;
                }
            }
        }

        return ancestors;
    }
}
