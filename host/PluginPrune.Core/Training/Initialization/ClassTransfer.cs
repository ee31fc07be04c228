using System.Collections.Immutable;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Data;

namespace PluginPrune.Core.Training;

/// <summary>
/// Gives the heads of a trained network other classes to learn. What says where and how likely objects are stays, and so does what it knows of
/// classes that both have by name; other classes begin as a training from nothing does.
/// </summary>
/// <param name="network">The network, with the names of its classes where they are known.</param>
/// <param name="findHead">Gives what understands a kind of heads.</param>
/// <param name="seed">The seed of new weights.</param>
public sealed class ClassTransfer(Network network, Func<string, IHead> findHead, int seed)
{
    private const string Classes = "classes";

    /// <summary>The network with other classes.</summary>
    /// <param name="names">Their names, at least one.</param>
    /// <param name="kept">Those of them that the network knew already.</param>
    /// <exception cref="HeadException">A head has no classes to choose, or what makes its scores is no convolution of its own.</exception>
    public Network To(ImmutableArray<string> names, out ImmutableArray<string> kept)
    {
        string[] known = [.. network.ClassNames.Select(ClassNames.Plain)];
        int[] sources = [.. names.Select(name => Find(known, ClassNames.Plain(name)))];
        kept = [.. names.Where((_, i) => sources[i] >= 0)];
        Part[] parts = [.. network.Heads.Select(head => PartOf(head, names.Length))];
        Network empty = Replace(network, parts, part => Resized(part.Convolution, part.Channels), parts.Select(static part => part.New));
        Network fresh = HeadPriors.Apply(NetworkInitializer.Initialize(empty, [.. parts.Select(static part => part.Node)], seed), findHead);
        return Named(Replace(fresh, parts, part => Filled(part, (Convolution)fresh[part.Node].Operation, sources, fresh), fresh.Heads), names);
    }

    private static int Find(string[] known, string plain) => Array.IndexOf(known, plain) is >= 0 and var index ? index : Array.IndexOf(known, ClassNames.Other(plain));

    private Part PartOf(Head head, int classes)
    {
        HeadLayout layout = findHead(head.Kind).Describe(head, network.ShapeOf(head.Input));
        if (layout.Anchors == 0 || !head.Parameters.ContainsKey(Classes))
        {
            throw new HeadException($"Head '{head.Id}' ({head.Origin}) is a {head.Kind}, which does not say how it does with other classes: those of the data cannot be learned with it.");
        }

        string node = HeadPriors.BeforeActivations(network, head.Input);
        if (network.Find(node) is not { Operation: Convolution { Groups: 1, Bias: not null } convolution } || network.ConsumersOf(node).Length + network.Heads.Count(other => other.Input == node) != 1)
        {
            throw new HeadException($"Head '{head.Id}' ({head.Origin}) does not read a convolution of its own: it cannot learn other classes.");
        }

        int others = layout.Channels.Count(static channel => channel.Role != HeadChannelRole.Class);
        return new Part(node, convolution, layout, head with { Parameters = head.Parameters.SetItem(Classes, [classes]) }, others + (layout.Anchors * classes));
    }

    private static Network Replace(Network network, Part[] parts, Func<Part, Convolution> convolution, IEnumerable<Head> heads) =>
        network.With(network.Nodes.Select(node => Array.Find(parts, part => part.Node == node.Id) is { } part ? node with { Operation = convolution(part) } : node), heads);

    private static Convolution Resized(Convolution convolution, int channels) => convolution with
    {
        Weight = Tensor.FromFloats(convolution.Weight.Shape.WithChannels(channels), new float[channels * convolution.Weight.Count / convolution.OutputChannels]),
        Bias = Tensor.FromFloats(new Shape(channels), new float[channels]),
    };

    /// <summary>New rows, and in their places those that the network has.</summary>
    private Convolution Filled(Part part, Convolution fresh, int[] sources, Network changed)
    {
        HeadLayout layout = findHead(part.New.Kind).Describe(part.New, changed.ShapeOf(part.New.Input));
        Dictionary<HeadChannel, int> rows = part.Layout.Channels.Select(static (channel, row) => (channel, row)).ToDictionary(static pair => pair.channel, static pair => pair.row);
        float[] weights = fresh.Weight.Floats.ToArray();
        float[] biases = fresh.Bias!.Floats.ToArray();
        ReadOnlySpan<float> known = part.Convolution.Weight.Floats;
        int length = weights.Length / biases.Length;
        for (int row = 0; row < biases.Length; row++)
        {
            HeadChannel channel = layout.Channels[row];
            HeadChannel source = channel.Role == HeadChannelRole.Class ? channel with { Index = sources[channel.Index] } : channel;
            if (rows.TryGetValue(source, out int from))
            {
                known.Slice(from * length, length).CopyTo(weights.AsSpan(row * length));
                biases[row] = part.Convolution.Bias!.Floats[from];
            }
        }

        return fresh with { Weight = Like(part.Convolution.Weight, fresh.Weight.Shape, weights), Bias = Like(part.Convolution.Bias!, fresh.Bias.Shape, biases) };
    }

    private static Tensor Like(Tensor known, Shape shape, float[] numbers) =>
        known.Type == ElementType.F16 ? Tensor.FromHalfs(shape, Array.ConvertAll(numbers, static number => (Half)number)) : Tensor.FromFloats(shape, numbers);

    private static Network Named(Network network, ImmutableArray<string> names) => new(network.Name, network.Inputs, network.Nodes, network.Heads)
    {
        ClassNames = names,
        Annotations = network.Annotations,
    };

    /// <summary>What changes for a head.</summary>
    /// <param name="Node">The convolution before it.</param>
    /// <param name="Convolution">As it is.</param>
    /// <param name="Layout">What its channels mean.</param>
    /// <param name="New">The head with other classes.</param>
    /// <param name="Channels">How many channels it reads then.</param>
    private sealed record Part(string Node, Convolution Convolution, HeadLayout Layout, Head New, int Channels);
}
