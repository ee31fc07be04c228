namespace PluginPrune.Core.Images.Decoding.Bmp;

/// <summary>Decodes uncompressed Windows bitmaps; a fourth channel is dropped.</summary>
internal static class BmpDecoder
{
    public static Picture Decode(ReadOnlySpan<byte> file, PixelMemory memory)
    {
        BmpHeader header = BmpHeader.Read(file)!;
        (int width, int height) = header.Size;
        long rowBytes = (((long)width * header.Bits) + 31) / 32 * 4;
        if (header.PixelOffset + (rowBytes * height) > file.Length)
        {
            throw new PictureFault($"this BMP of {header.Size} pixels must have {header.PixelOffset + (rowBytes * height)} bytes and has {file.Length}; it is truncated.");
        }

        byte[] palette = header.Bits <= 8 ? ReadPalette(file, header) : [];
        Picture picture = memory.Create(header.Size);
        for (int y = 0; y < height; y++)
        {
            int stored = header.IsTopDown ? y : height - 1 - y;
            ReadOnlySpan<byte> from = file.Slice((int)(header.PixelOffset + (stored * rowBytes)), (int)rowBytes);
            if (header.Bits <= 8)
            {
                WriteColors(from, header.Bits, palette, picture.Row(y));
            }
            else
            {
                WriteReversed(from, header.Bits / 8, picture.Row(y));
            }
        }

        return picture;
    }

    /// <summary>256 colours in blue, green, red; those that the file lacks are black.</summary>
    private static byte[] ReadPalette(ReadOnlySpan<byte> file, BmpHeader header)
    {
        byte[] palette = new byte[256 * Picture.Channels];
        int end = (int)Math.Min(header.PixelOffset, file.Length);
        for (int i = 0, at = header.PaletteOffset; i < 1 << header.Bits && at + header.ColorBytes <= end; i++, at += header.ColorBytes)
        {
            file.Slice(at, Picture.Channels).CopyTo(palette.AsSpan(i * Picture.Channels));
        }

        return palette;
    }

    private static void WriteColors(ReadOnlySpan<byte> from, int bits, ReadOnlySpan<byte> palette, Span<byte> row)
    {
        int mask = (1 << bits) - 1;
        for (int to = 0, bit = 0; to < row.Length; to += Picture.Channels, bit += bits)
        {
            int color = ((from[bit >> 3] >> (8 - bits - (bit & 7))) & mask) * Picture.Channels;
            row[to] = palette[color + 2];
            row[to + 1] = palette[color + 1];
            row[to + 2] = palette[color];
        }
    }

    private static void WriteReversed(ReadOnlySpan<byte> from, int step, Span<byte> row)
    {
        for (int at = 0, to = 0; to < row.Length; at += step, to += Picture.Channels)
        {
            row[to] = from[at + 2];
            row[to + 1] = from[at + 1];
            row[to + 2] = from[at];
        }
    }
}
