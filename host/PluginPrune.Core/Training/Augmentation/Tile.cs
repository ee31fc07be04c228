using System.Collections.Immutable;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Training;

/// <summary>A picture brought to the size that it has in an input, with its objects.</summary>
/// <param name="Name">The picture's file.</param>
/// <param name="Pixels">Its pixels, at least 2 on each side; their array has <see cref="Slack"/> bytes more, so that eight bytes may be read at every pixel.</param>
/// <param name="Array">The array.</param>
/// <param name="Labels">The objects, in its pixels.</param>
internal sealed record Tile(string Name, Picture Pixels, byte[] Array, ImmutableArray<ObjectLabel> Labels)
{
    /// <summary>What the whole picture shows, or null.</summary>
    public int? ClassIndex { get; init; }

    public const int Slack = 8;

    public static int ByteCount(PictureSize size) => checked((int)(size.Pixels * Picture.Channels) + Slack);
}
