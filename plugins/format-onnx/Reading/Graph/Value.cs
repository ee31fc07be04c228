using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatOnnx.Model;
using PluginPrune.FormatOnnx.Reading.Constants;

namespace PluginPrune.FormatOnnx.Reading.Graph;

/// <summary>What the network computes. The file's extents may promise more than the network's value holds: see the members.</summary>
/// <param name="Id">The value in the network.</param>
/// <param name="Shape">Its shape there, without the pictures of the batch.</param>
/// <param name="Extents">The file's extents, the batch first.</param>
/// <param name="Type">The type of its elements.</param>
internal sealed record Value(string Id, Shape Shape, ImmutableArray<int> Extents, OnnxElementType Type) : Operand(Extents, Type)
{
    /// <summary>Zeros that the file sets around a map and that whoever reads it must add.</summary>
    public Padding Margin { get; init; }

    /// <summary>Whether the network's value is the file's; otherwise a margin is missing, or axes of extent 1 behind a vector.</summary>
    public bool IsPlain => Margin == default && Shape.Rank == Rank - 1;

    /// <summary>Whether it is a feature map, [1, channels, height, width].</summary>
    public bool IsMap => Rank == 4;

    /// <summary>A value of the network as the file would say it.</summary>
    public static Value Of(string id, Shape shape, OnnxElementType type) => new(id, shape, [1, .. shape.Dimensions], type);
}
