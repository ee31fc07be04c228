using PluginPrune.Core.Images.Decoding;

namespace PluginPrune.Core.Images.Exif;

/// <summary>Turns pictures upright.</summary>
internal static class Uprighting
{
    /// <summary>A tile's rows stay in the first cache while columns are walked.</summary>
    private const int Tile = 32;

    /// <summary>The upright picture: the given one where nothing is to be done, else a new one.</summary>
    public static Picture Apply(Picture stored, PictureOrientation orientation, PixelMemory memory)
    {
        if (orientation == PictureOrientation.Upright)
        {
            return stored;
        }

        int width = stored.Width;
        int height = stored.Height;
        int last = (width * height) - 1;

        // Where the pixel at the top left comes from, and how far a step to the right and a step down go in the stored picture.
        (int origin, int right, int down) = orientation switch
        {
            PictureOrientation.FlipHorizontally => (width - 1, -1, width),
            PictureOrientation.Rotate180 => (last, -1, -width),
            PictureOrientation.FlipVertically => (last - width + 1, 1, -width),
            PictureOrientation.Transpose => (0, width, 1),
            PictureOrientation.Rotate90 => (last - width + 1, -width, 1),
            PictureOrientation.Transverse => (last, -width, -1),
            _ => (width - 1, width, -1),
        };
        PictureSize size = orientation >= PictureOrientation.Transpose ? stored.Size.Turned : stored.Size;
        Picture upright = memory.Create(size);
        ReadOnlySpan<byte> source = stored.Pixels;
        for (int top = 0; top < size.Height; top += Tile)
        {
            for (int left = 0; left < size.Width; left += Tile)
            {
                int bottom = Math.Min(top + Tile, size.Height);
                int end = Math.Min(left + Tile, size.Width);
                for (int y = top; y < bottom; y++)
                {
                    Span<byte> row = upright.Row(y)[(left * Picture.Channels)..(end * Picture.Channels)];
                    int from = (origin + (y * down) + (left * right)) * Picture.Channels;
                    for (int x = 0; x < row.Length; x += Picture.Channels, from += right * Picture.Channels)
                    {
                        source.Slice(from, Picture.Channels).CopyTo(row[x..]);
                    }
                }
            }
        }

        return upright;
    }
}
