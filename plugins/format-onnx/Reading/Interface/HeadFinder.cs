using System.Collections.Immutable;
using System.Text.Json;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatOnnx.Heads;
using PluginPrune.FormatOnnx.Reading.Decoding;
using PluginPrune.FormatOnnx.Writing.Outputs;

namespace PluginPrune.FormatOnnx.Reading.Interface;

/// <summary>
/// Finds out what a file's outputs mean: from its metadata, else where their shapes leave no doubt. An output of unknown
/// meaning is an output all the same.
/// </summary>
internal sealed class HeadFinder(Network network, ModelMetadata metadata)
{
    public const string Boxes = BoxesHead.Kind;
    public const string Classify = "classify";

    private const int Coordinates = 4;
    private const int AnchorsOfPlace = 3;

    private static readonly int[][] Strides = [[8, 16, 32], [8, 16, 32, 64], [16, 32]];

    /// <param name="outputs">The names of the outputs, in their order.</param>
    public ImmutableArray<Head> Find(ImmutableArray<string> outputs)
    {
        var heads = ImmutableArray.CreateBuilder<Head>();
        metadata.Each("heads", root => heads.AddRange(HeadsOf(root, outputs)));
        if (heads.Count == 0 && outputs.Select(BoxesOf).FirstOrDefault(static head => head is not null) is { } boxes)
        {
            heads.Add(boxes);
        }

        if (heads.Count == 0 && outputs is [var only] && ClassesOf(only) is { } classes)
        {
            heads.Add(classes);
        }

        return heads.ToImmutable();
    }

    private Head[] HeadsOf(JsonElement said, ImmutableArray<string> outputs)
    {
        Head[] heads = [.. said.EnumerateArray().Select(HeadOf).Where(head => outputs.Contains(head.Origin.Layer, StringComparer.Ordinal))];
        return heads.DistinctBy(static head => head.Id, StringComparer.Ordinal).Count() == heads.Length ? heads : throw new FormatException("Two of them read one output.");
    }

    // What an output holds anchor by anchor a head reads as it was before.
    private Head HeadOf(JsonElement said)
    {
        string output = TextOf(said, "output");
        string kind = TextOf(said, "kind");

        // Of a name that is there twice the last one counts, as in most that read JSON.
        var parts = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<double>>(StringComparer.Ordinal);
        foreach (JsonProperty part in said.EnumerateObject().Where(static part => part.Value.ValueKind == JsonValueKind.Array))
        {
            parts[part.Name] = [.. part.Value.EnumerateArray().Select(static number => number.GetDouble())];
        }

        ImmutableSortedDictionary<string, ImmutableArray<double>> parameters = parts.ToImmutable();
        var head = new Head($"{output}.head", kind, output, parameters, new NodeOrigin(output, kind, null));
        return AnchorMaps.SourceOf(network, output, YoloGeometry.RowOf(head)) is { } source ? head with { Input = source } : head;
    }

    private static string TextOf(JsonElement said, string name) => said.GetProperty(name).GetString() is { Length: > 0 } text ? text : throw new FormatException($"{name} is empty.");

    private Head? BoxesOf(string output)
    {
        if (network.ShapeOf(output) is not { Rank: 2 } shape || network.Inputs is not [{ Shape: { Rank: 3 } picture }])
        {
            return null;
        }

        (int rows, int columns) = (shape[0], shape[1]);
        int places = Strides.Select(strides => strides.Sum(stride => picture.Height / stride * (picture.Width / stride))).FirstOrDefault(count => rows == AnchorsOfPlace * count || columns == count, -1);
        int named = network.ClassNames.Length;
        return (named, places) switch
        {
            _ when metadata.IsDecoded => Boxed(output, columns - Coordinates - 1, hasObjectness: true, byColumn: false),
            ( > 0, _) when columns == Coordinates + 1 + named => Boxed(output, named, hasObjectness: true, byColumn: false),
            ( > 0, _) when rows == Coordinates + named => Boxed(output, named, hasObjectness: false, byColumn: true),
            (0, > 0) when rows == AnchorsOfPlace * places && columns > Coordinates + 1 => Boxed(output, columns - Coordinates - 1, hasObjectness: true, byColumn: false),
            (0, > 0) when columns == places && rows > Coordinates => Boxed(output, rows - Coordinates, hasObjectness: false, byColumn: true),

            // Where nothing is said, and the numbers are no usual ones, how they are made tells.
            (0, _) when columns > Coordinates + 1 && !BoxTail.Read(network, output, out string _).IsEmpty => Boxed(output, columns - Coordinates - 1, hasObjectness: true, byColumn: false),
            _ => null,
        };
    }

    private static Head? Boxed(string output, int classes, bool hasObjectness, bool byColumn) => classes < 1 ? null : new Head(
        $"{output}.head",
        Boxes,
        output,
        ImmutableSortedDictionary<string, ImmutableArray<double>>.Empty
            .Add("classes", [classes]).Add(BoxesHead.Objectness, [hasObjectness ? 1 : 0]).Add(BoxesHead.ByColumn, [byColumn ? 1 : 0]),
        new NodeOrigin(output, Boxes, null));

    // A head of classes reads what a softmax at the end reads: it takes the softmax itself.
    private Head? ClassesOf(string output)
    {
        Node? node = network.Find(output);
        while (node is { Operation: Identity })
        {
            node = network.Find(node.Inputs[0]);
        }

        string read = node is { Operation: Softmax } ? node.Inputs[0] : output;
        return network.ShapeOf(read) is { Channels: > 1, ElementsPerChannel: 1 } shape
            ? new Head($"{output}.head", Classify, read, ImmutableSortedDictionary<string, ImmutableArray<double>>.Empty.Add("classes", [shape.Channels]), new NodeOrigin(output, Classify, null))
            : null;
    }
}
