using System.Collections.Immutable;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Data.Checking;

/// <summary>The sizes of pictures, upright.</summary>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Landscape">How many are wider than high.</param>
/// <param name="Portrait">How many are higher than wide.</param>
/// <param name="Square">How many are neither.</param>
/// <param name="Different">How many different sizes there are.</param>
/// <param name="Formats">How many files there are of each format that occurs.</param>
public sealed record SizeStatistics(
    Quantiles Width, Quantiles Height, int Landscape, int Portrait, int Square, int Different, ImmutableArray<(PictureFormat Format, int Count)> Formats)
{
    internal static SizeStatistics Of(IEnumerable<PictureInfo> pictures)
    {
        PictureInfo[] all = [.. pictures];
        return new SizeStatistics(
            Quantiles.Of(all.Select(static info => (double)info.Size.Width)),
            Quantiles.Of(all.Select(static info => (double)info.Size.Height)),
            all.Count(static info => info.Size.Width > info.Size.Height),
            all.Count(static info => info.Size.Width < info.Size.Height),
            all.Count(static info => info.Size.Width == info.Size.Height),
            all.Select(static info => info.Size).Distinct().Count(),
            [.. all.CountBy(static info => info.Format).OrderBy(static pair => pair.Key).Select(static pair => (pair.Key, pair.Value))]);
    }
}
