namespace PluginPrune.Core.Images.Decoding.Jpeg;

/// <summary>Four inks become three lights: red = (1 - cyan) (1 - black).</summary>
internal static class CmykConverter
{
    public static Picture ToRgb(ReadOnlySpan<byte> inks, PictureSize size, bool isInverted, PixelMemory memory)
    {
        Picture picture = memory.Create(size);
        Span<byte> pixels = picture.Pixels;
        int flip = isInverted ? 0 : 255;
        for (int from = 0, to = 0; to < pixels.Length; from += 4, to += Picture.Channels)
        {
            int light = inks[from + 3] ^ flip;
            pixels[to] = Multiply(inks[from] ^ flip, light);
            pixels[to + 1] = Multiply(inks[from + 1] ^ flip, light);
            pixels[to + 2] = Multiply(inks[from + 2] ^ flip, light);
        }

        return picture;
    }

    /// <summary>a b / 255, rounded; exact for all bytes.</summary>
    private static byte Multiply(int a, int b) => (byte)(((a * b) + 127) / 255);
}
