using System.IO.Compression;

namespace PluginPrune.Core.Images.Decoding.Png;

/// <summary>Decodes PNG row by row: beside the picture two rows are in memory, however much the data could be inflated.</summary>
internal static class PngDecoder
{
    /// <summary>Deflate cannot say more than 1032 bytes with one (RFC 1951: 258 bytes in two bits).</summary>
    private const long BytesPerCompressedByte = 1032;

    public static Picture Decode(ReadOnlyMemory<byte> file, PixelMemory memory)
    {
        PngHeader header = PngHeader.Read(file.Span)!;
        PngChunks chunks = PngChunks.Read(file);
        var pixels = new PngPixels(header, chunks.Palette.Span);
        long wanted = 0;
        foreach (PngPass pass in PngPass.Of(header))
        {
            PictureSize size = pass.SizeIn(header.Size);
            wanted += size.Width == 0 ? 0 : size.Height * (1 + header.RowBytes(size.Width));
        }

        if (wanted > chunks.DataBytes * BytesPerCompressedByte)
        {
            throw new PictureFault($"{chunks.DataBytes} bytes of pixel data cannot hold the {header.Size} pixels that its header says; it is truncated or damaged.");
        }

        Picture picture = memory.Create(header.Size);
        using var inflated = new ZLibStream(new PngDataStream(chunks.Data), CompressionMode.Decompress);
        try
        {
            foreach (PngPass pass in PngPass.Of(header))
            {
                ReadPass(inflated, header, pixels, pass, picture);
            }

            // Meeting the end is what makes the stream compare its own checksum.
            _ = inflated.ReadByte();
        }
        catch (InvalidDataException error)
        {
            throw new PictureFault($"the pixel data of this PNG cannot be inflated ({error.Message.TrimEnd('.')}); it is damaged.");
        }

        return picture;
    }

    private static void ReadPass(ZLibStream inflated, PngHeader header, PngPixels pixels, PngPass pass, Picture picture)
    {
        PictureSize size = pass.SizeIn(header.Size);
        if (size.Width == 0)
        {
            return;
        }

        int rowBytes = checked((int)header.RowBytes(size.Width));
        int step = Math.Max(1, header.BitsPerPixel / 8);

        // The filter's byte before each row.
        byte[] row = new byte[1 + rowBytes];
        byte[] above = new byte[1 + rowBytes];
        for (int y = 0; y < size.Height; y++)
        {
            if (inflated.ReadAtLeast(row, row.Length, throwOnEndOfStream: false) < row.Length)
            {
                throw new PictureFault($"the pixel data of this PNG end at row {pass.Top + (y * pass.StepY)} of {header.Size.Height}; it is truncated or damaged.");
            }

            PngFilters.Restore(row[0], row.AsSpan(1), above.AsSpan(1), step);
            pixels.Write(row.AsSpan(1), size.Width, picture.Row(pass.Top + (y * pass.StepY))[(pass.Left * Picture.Channels)..], pass.StepX);
            (row, above) = (above, row);
        }
    }
}
