using PluginPrune.Contracts;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Detecting;

/// <summary>
/// The inputs of YOLOv5's 'rectangular' validation: pictures are sorted by their proportions, and so many at a time share an input that is no
/// larger than the least square of them needs; half a stride is added before sides are rounded up to whole strides.
/// </summary>
internal static class RectangularInputs
{
    private const double Margin = 0.5;

    /// <summary>The size of the input for each picture; the network's own where a picture's header cannot be read.</summary>
    /// <param name="items">The pictures, whose headers are read.</param>
    /// <param name="square">The longer side of scaled pictures.</param>
    /// <param name="stride">By what the sides of an input must be divisible.</param>
    /// <param name="batch">How many pictures share an input.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static PictureSize[] Of(IReadOnlyList<PictureItem> items, int square, int stride, int batch, CancellationToken cancellationToken)
    {
        double?[] proportions = new double?[items.Count];
        Parallel.For(0, items.Count, new ParallelOptions { CancellationToken = cancellationToken }, i => proportions[i] = Proportion(items[i]));
        PictureSize[] sizes = new PictureSize[items.Count];
        Array.Fill(sizes, new PictureSize(square, square));
        int[] sorted = [.. Enumerable.Range(0, items.Count).Where(i => proportions[i] is not null).OrderBy(i => proportions[i])];
        foreach (int[] together in sorted.Chunk(batch))
        {
            double least = proportions[together[0]]!.Value;
            double most = proportions[together[^1]]!.Value;
            (double height, double width) = most < 1 ? (most, 1.0) : least > 1 ? (1.0, 1 / least) : (1.0, 1.0);
            var size = new PictureSize(Side(width), Side(height));
            foreach (int i in together)
            {
                sizes[i] = size;
            }
        }

        return sizes;

        int Side(double share) => (int)Math.Ceiling((share * square / stride) + Margin) * stride;
    }

    /// <summary>Where a picture goes: its longer side as long as the square's, sides rounded down, in the middle; the padding of the margin stays.</summary>
    /// <param name="picture">The picture's size.</param>
    /// <param name="network">The input's size.</param>
    /// <param name="square">The longer side of scaled pictures.</param>
    public static PicturePlacement Place(PictureSize picture, PictureSize network, int square)
    {
        double ratio = (double)square / Math.Max(picture.Width, picture.Height);
        var scaled = new PictureSize(Scale(picture.Width, network.Width), Scale(picture.Height, network.Height));
        return PicturePlacement.Centered(picture, scaled, network);

        int Scale(int side, int most) => Math.Clamp((int)(side * ratio), 1, most);
    }

    private static double? Proportion(PictureItem item)
    {
        try
        {
            using Stream stream = item.Open();
            PictureSize size = PictureInfo.Read(stream, item.Name).Size;
            return (double)size.Height / size.Width;
        }
        catch (Exception error) when (error is InputException or IOException or UnauthorizedAccessException)
        {
            // Told by whoever reads the picture itself.
            return null;
        }
    }
}
