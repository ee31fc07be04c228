using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatOnnx.Heads;
using PluginPrune.FormatOnnx.Reading.Interface;
using PluginPrune.FormatOnnx.Writing.Outputs;

namespace PluginPrune.FormatOnnx.Reading.Decoding;

/// <summary>
/// A network that decodes boxes in a known way, or puts what its heads read into another order, becomes one that ends before that, with heads
/// that say the way: such a network is run, trained and cropped like any other, and its outputs are made again when it is written.
/// </summary>
/// <param name="Network">The network that ends with the convolutions.</param>
/// <param name="Form">What the file gave.</param>
internal sealed record DecodedNetwork(Network Network, OutputForm Form)
{
    /// <summary>Finds it.</summary>
    /// <param name="network">The network as the file has it.</param>
    /// <param name="boxes">The head that takes the decoded boxes for what they are.</param>
    /// <param name="outputs">The names of the outputs, in their order.</param>
    /// <param name="metadata">What the file tells beside.</param>
    /// <param name="why">Why it is not known; a sentence.</param>
    public static DecodedNetwork? Of(Network network, Head boxes, ImmutableArray<string> outputs, ModelMetadata metadata, out string why)
    {
        if (boxes.Number(BoxesHead.ByColumn, 0) != 0 || boxes.Number(BoxesHead.Objectness, 1) == 0)
        {
            why = StopOf(network, boxes.Input);
            return null;
        }

        ImmutableArray<DecodedLevel> levels = BoxTail.Read(network, boxes.Input, out why);
        if (levels.IsEmpty)
        {
            return null;
        }

        string[] maps = [.. outputs.Where(output => output != boxes.Input)];
        if (outputs[0] != boxes.Input || (maps.Length > 0 && !maps.Select(map => AnchorMaps.SourceOf(network, map, network.ShapeOf(boxes.Input)[1])).SequenceEqual(levels.Select(static level => level.Source), StringComparer.Ordinal)))
        {
            why = $"beside its boxes there are the outputs {string.Join(", ", outputs.Where(output => output != boxes.Input).Select(static output => $"'{output}'"))}, which are not the levels that the boxes are made of.";
            return null;
        }

        var heads = levels.Select((level, index) => level.ToHead(boxes.Input, (int)boxes.Number("classes", 0), index, levels.Length, network[level.Source].Origin) with
        {
            Annotations = index < maps.Length ? Annotations.None.With(new MapOutput(maps[index])) : Annotations.None,
        });
        return new DecodedNetwork(
            new Network(network.Name, network.Inputs, Needed(network, levels.Select(static level => level.Source)), heads) { ClassNames = network.ClassNames, Annotations = network.Annotations },
            maps.Length > 0 ? OutputForm.Release6 : metadata.SaysRelease7 ? OutputForm.Release7 : OutputForm.Decoded);
    }

    /// <summary>Of a file that gives what its heads read anchor by anchor, as release 5.0 of YOLOv5 does: what is before that.</summary>
    /// <param name="network">The network as the file has it.</param>
    /// <param name="heads">Its heads, which read what is put into that order afterwards.</param>
    /// <param name="outputs">The names of the outputs, in their order.</param>
    /// <returns>Null where the file gives something else, or where it could not be written so again.</returns>
    public static DecodedNetwork? OfMaps(Network network, ImmutableArray<Head> heads, ImmutableArray<string> outputs)
    {
        bool isKnown = !heads.IsEmpty
            && network.Inputs is [{ Shape.Rank: 3 }]
            && outputs.Length == heads.Length
            && heads.Zip(outputs).All(pair => AnchorMaps.SourceOf(network, pair.Second, YoloGeometry.RowOf(pair.First)) == pair.First.Input)
            && heads.All(head => YoloGeometry.FindFault(head, network) is null && head.Number("classes", 0) == heads[0].Number("classes", 0));
        if (!isKnown)
        {
            return null;
        }

        var before = heads.Select((head, index) => head with
        {
            Origin = network.Find(head.Input) is { } node ? node.Origin with { Kind = head.Kind } : head.Origin,
            Annotations = head.Annotations.With(new MapOutput(outputs[index])),
        });
        return new DecodedNetwork(
            new Network(network.Name, network.Inputs, Needed(network, heads.Select(static head => head.Input)), before) { ClassNames = network.ClassNames, Annotations = network.Annotations },
            OutputForm.Release5);
    }

    /// <summary>Where following the first box back to where it comes from ends.</summary>
    private static string StopOf(Network network, string output)
    {
        var trace = new ElementTrace(network);
        Shape shape = network.ShapeOf(output);
        for (int element = 0; element < shape.Count && trace.Stop is null; element += shape[1])
        {
            trace.Of(output, element);
        }

        return trace.Stop is { } stop ? $"{stop}." : "boxes without objectness are of no known form.";
    }

    private static Node[] Needed(Network network, IEnumerable<string> values)
    {
        var needed = new HashSet<string>(values, StringComparer.Ordinal);
        for (int i = network.Nodes.Length - 1; i >= 0; i--)
        {
            if (needed.Contains(network.Nodes[i].Id))
            {
                needed.UnionWith(network.Nodes[i].Inputs);
            }
        }

        return [.. network.Nodes.Where(node => needed.Contains(node.Id))];
    }
}
