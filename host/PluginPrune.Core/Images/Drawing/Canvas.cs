namespace PluginPrune.Core.Images.Drawing;

/// <summary>Lays colour on a picture; what lies outside of it is cut off.</summary>
/// <param name="picture">Is drawn on.</param>
internal sealed class Canvas(Picture picture)
{
    public PictureSize Size => picture.Size;

    /// <summary>Fills a rectangle; left and top belong to it, right and bottom do not.</summary>
    public void Fill(int left, int top, int right, int bottom, Rgb color, double opacity = 1)
    {
        left = Math.Max(left, 0);
        right = Math.Min(right, picture.Width);
        int weight = (int)Math.Round(opacity * 256);
        for (int y = Math.Max(top, 0); y < Math.Min(bottom, picture.Height); y++)
        {
            for (int x = left; x < right; x++)
            {
                Lay(x, y, color, weight);
            }
        }
    }

    /// <summary>Fills the frame between a rectangle and one that is smaller by a thickness all around.</summary>
    public void Frame(int left, int top, int right, int bottom, int thickness, Rgb color, double opacity = 1)
    {
        int innerTop = Math.Min(top + thickness, bottom);
        int innerBottom = Math.Max(bottom - thickness, innerTop);
        Fill(left, top, right, innerTop, color, opacity);
        Fill(left, innerTop, Math.Min(left + thickness, right), innerBottom, color, opacity);
        Fill(Math.Max(right - thickness, left + thickness), innerTop, right, innerBottom, color, opacity);
        Fill(left, innerBottom, right, bottom, color, opacity);
    }

    /// <summary>Mixes a colour into a pixel.</summary>
    /// <param name="x">May lie outside.</param>
    /// <param name="y">May lie outside.</param>
    /// <param name="color">The colour.</param>
    /// <param name="weight">0 leaves the pixel, 256 replaces it.</param>
    public void Lay(int x, int y, Rgb color, int weight)
    {
        if ((uint)x >= (uint)picture.Width || (uint)y >= (uint)picture.Height)
        {
            return;
        }

        Span<byte> pixel = picture.Row(y).Slice(x * Picture.Channels, Picture.Channels);
        pixel[0] = Mix(pixel[0], color.Red, weight);
        pixel[1] = Mix(pixel[1], color.Green, weight);
        pixel[2] = Mix(pixel[2], color.Blue, weight);
    }

    private static byte Mix(byte below, byte above, int weight) => (byte)(((below * (256 - weight)) + (above * weight) + 128) >> 8);
}
