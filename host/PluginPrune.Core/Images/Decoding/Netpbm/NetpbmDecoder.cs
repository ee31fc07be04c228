namespace PluginPrune.Core.Images.Decoding.Netpbm;

/// <summary>Decodes binary PGM and PPM; where white is not 255, values are scaled to it; of whole 16 bits the upper 8 are taken.</summary>
internal static class NetpbmDecoder
{
    public static Picture Decode(ReadOnlySpan<byte> file, PixelMemory memory)
    {
        NetpbmHeader header = NetpbmHeader.Read(file)!;
        int sampleBytes = header.Largest > 255 ? 2 : 1;
        long wanted = header.Size.Pixels * header.Samples * sampleBytes;
        ReadOnlySpan<byte> from = file[header.PixelOffset..];
        if (from.Length < wanted)
        {
            throw new PictureFault($"this PGM or PPM of {header.Size} pixels must have {wanted} bytes of them and has {from.Length}; it is truncated.");
        }

        Picture picture = memory.Create(header.Size);
        Span<byte> pixels = picture.Pixels;
        if (header is { Samples: 3, Largest: 255 })
        {
            from[..pixels.Length].CopyTo(pixels);
            return picture;
        }

        int largest = header.Largest;
        int repeats = Picture.Channels / header.Samples;
        for (int at = 0, to = 0; to < pixels.Length; at += sampleBytes)
        {
            int value = sampleBytes == 1 ? from[at] : (from[at] << 8) | from[at + 1];
            byte scaled = (byte)(largest == ushort.MaxValue ? value >> 8 : Math.Min(255, ((value * 255L) + (largest / 2)) / largest));
            for (int i = 0; i < repeats; i++)
            {
                pixels[to++] = scaled;
            }
        }

        return picture;
    }
}
