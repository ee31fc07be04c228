using System.Collections.Immutable;
using PluginPrune.FormatOnnx.Model;

namespace PluginPrune.FormatOnnx.Reading.Files;

/// <summary>What a file says of a value.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its elements, or null where it is no tensor.</param>
/// <param name="Extents">Its extents, or null where the file does not say them.</param>
internal sealed record StoredValue(string Name, OnnxElementType? Type, ImmutableArray<StoredExtent>? Extents)
{
    /// <summary>For instance '[batch, 3, 640, 640]'.</summary>
    public string Describe() => Extents is { } extents ? $"[{string.Join(", ", extents)}]" : "of a shape that the file does not tell";
}
