using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatOnnx.Model;
using PluginPrune.FormatOnnx.Reading.Interface;
using PluginPrune.FormatOnnx.Writing.Outputs;

namespace PluginPrune.FormatOnnx.Writing;

/// <summary>The extents of inputs and outputs, with names in place of those that are left open.</summary>
internal sealed class OpenExtents
{
    private readonly Network _network;
    private readonly Network? _larger;
    private readonly OnnxExtent _batch;

    public OpenExtents(Network network, OnnxOptions options)
    {
        _network = network;
        _larger = options.DynamicSize ? Enlarge(network) : null;
        _batch = PicturesOf(network, options) is { } pictures ? OnnxExtent.Fixed(pictures) : OnnxExtent.Open("batch");
    }

    /// <summary>The same network for larger pictures: what differs there is what depends on the size.</summary>
    /// <exception cref="NetworkException">The network is for one size alone.</exception>
    public static Network Enlarge(Network network) => network.WithInputSize(2 * network.Inputs[0].Shape.Height, 2 * network.Inputs[0].Shape.Width);

    public ImmutableArray<OnnxExtent> OfInput(NetworkInput input) => Of(input.Name, _network.Inputs.Length == 1 ? string.Empty : input.Name + ".");

    public ImmutableArray<OnnxExtent> OfOutput(string value, string name) => Of(value, name + ".");

    /// <summary>[pictures, boxes, x y w h objectness classes...].</summary>
    public ImmutableArray<OnnxExtent> OfBoxes(Network network)
    {
        YoloGeometry[] heads = [.. network.Heads.Select(head => YoloGeometry.Of(head, network))];
        return [_batch, _larger is null ? OnnxExtent.Fixed(heads.Sum(static head => head.Boxes)) : OnnxExtent.Open("boxes"), OnnxExtent.Fixed(heads[0].Row)];
    }

    /// <summary>[pictures, anchors, rows, columns, 5 + classes].</summary>
    public ImmutableArray<OnnxExtent> OfMap(string value, YoloGeometry head, string name)
    {
        ImmutableArray<OnnxExtent> map = OfOutput(value, name);
        return [map[0], OnnxExtent.Fixed(head.Anchors.Length), map[2], map[3], OnnxExtent.Fixed(head.Row)];
    }

    /// <summary>How many pictures the file takes at once, null for any number: as it is asked for, else as the file did that was read, else one.</summary>
    private static int? PicturesOf(Network network, OnnxOptions options) => options switch
    {
        { FixedBatch: { } pictures } => pictures,
        { DynamicBatch: true } => null,
        { DynamicBatch: false } => 1,
        _ => network.Annotations.Find<FileFacts>() is { } facts ? facts.Pictures : 1,
    };

    private ImmutableArray<OnnxExtent> Of(string value, string prefix)
    {
        Shape shape = _network.ShapeOf(value);
        Shape larger = _larger?.ShapeOf(value) ?? shape;
        return
        [
            _batch,
            .. Enumerable.Range(0, shape.Rank).Select(axis => shape[axis] == larger[axis] ? OnnxExtent.Fixed(shape[axis]) : OnnxExtent.Open(prefix + NameOf(axis))),
        ];
    }

    private static string NameOf(int axis) => axis switch
    {
        1 => "height",
        2 => "width",
        _ => string.Create(CultureInfo.InvariantCulture, $"axis{axis}"),
    };
}
