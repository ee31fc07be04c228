using PluginPrune.Core.Images;

namespace PluginPrune.Core.Tests.Images;

/// <summary>Generated pictures.</summary>
internal static class Pictures
{
    /// <summary>Every byte by chance: the hardest for everything that rounds.</summary>
    public static Picture Noise(int width, int height, int seed)
    {
        var picture = new Picture(new PictureSize(width, height));
        new Random(seed).NextBytes(picture.Pixels);
        return picture;
    }

    /// <summary>Gentle slopes of all three channels: what JPEG keeps almost as it is.</summary>
    public static Picture Slopes(int width, int height)
    {
        var picture = new Picture(new PictureSize(width, height));
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                Span<byte> pixel = picture.Row(y).Slice(3 * x, 3);
                pixel[0] = (byte)(x * 255 / Math.Max(1, width - 1));
                pixel[1] = (byte)(y * 255 / Math.Max(1, height - 1));
                pixel[2] = (byte)(128 + ((pixel[0] - pixel[1]) / 4));
            }
        }

        return picture;
    }

    public static byte[] Jpeg(Picture picture, int quality = 95)
    {
        using var file = new MemoryStream();
        picture.WriteJpeg(file, quality);
        return file.ToArray();
    }

    public static byte[] Png(Picture picture)
    {
        using var file = new MemoryStream();
        picture.WritePng(file);
        return file.ToArray();
    }

    /// <summary>The largest difference of two channels.</summary>
    public static int LargestDifference(Picture one, Picture other)
    {
        one.Size.Should().Be(other.Size);
        int largest = 0;
        for (int i = 0; i < one.Pixels.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(one.Pixels[i] - other.Pixels[i]));
        }

        return largest;
    }
}
