namespace PluginPrune.Core.Images.Decoding.Png;

/// <summary>Turns restored rows into red, green and blue. Of 16 bits the upper byte is taken; alpha is dropped.</summary>
internal sealed class PngPixels
{
    private readonly PngHeader _header;

    /// <summary>Three bytes for every value of a sample of up to 8 bits: grey levels or colours. Colours that a palette lacks are black.</summary>
    private readonly byte[] _colors = new byte[256 * Picture.Channels];

    public PngPixels(PngHeader header, ReadOnlySpan<byte> palette)
    {
        _header = header;
        if (header.ColorType == PngColorType.Palette)
        {
            if (palette.IsEmpty || palette.Length % Picture.Channels != 0 || palette.Length > _colors.Length)
            {
                throw new PictureFault($"this PNG has a palette of {palette.Length} bytes; 3 to 768 in threes are wanted. It is damaged.");
            }

            palette.CopyTo(_colors);
        }
        else if (header.BitDepth <= 8)
        {
            int top = (1 << header.BitDepth) - 1;
            for (int i = 0; i <= top; i++)
            {
                _colors.AsSpan(i * Picture.Channels, Picture.Channels).Fill((byte)(i * 255 / top));
            }
        }
    }

    /// <summary>Writes a row's pixels.</summary>
    /// <param name="row">The restored bytes.</param>
    /// <param name="width">How many pixels they hold.</param>
    /// <param name="target">Receives them, from the first one's place on.</param>
    /// <param name="step">Pixels from one to the next in the target: 1, or more where the picture is interlaced.</param>
    public void Write(ReadOnlySpan<byte> row, int width, Span<byte> target, int step)
    {
        int sampleBytes = _header.BitDepth / 8;
        int pixelBytes = sampleBytes * _header.Samples;
        int stride = step * Picture.Channels;
        switch (_header.ColorType)
        {
            case PngColorType.Rgb when step == 1 && sampleBytes == 1:
                row[..(width * Picture.Channels)].CopyTo(target);
                break;
            case PngColorType.Rgb or PngColorType.RgbAlpha:
                for (int from = 0, to = 0; width > 0; width--, from += pixelBytes, to += stride)
                {
                    target[to + 2] = row[from + sampleBytes + sampleBytes];
                    target[to + 1] = row[from + sampleBytes];
                    target[to] = row[from];
                }

                break;
            case PngColorType.Grey or PngColorType.Palette when _header.BitDepth < 8:
                WritePacked(row, width, target, stride);
                break;
            case PngColorType.Palette:
                for (int x = 0, to = 0; x < width; x++, to += stride)
                {
                    _colors.AsSpan(row[x] * Picture.Channels, Picture.Channels).CopyTo(target[to..]);
                }

                break;
            default:
                for (int from = 0, to = 0; width > 0; width--, from += pixelBytes, to += stride)
                {
                    byte grey = row[from];
                    target[to + 2] = grey;
                    target[to + 1] = grey;
                    target[to] = grey;
                }

                break;
        }
    }

    private void WritePacked(ReadOnlySpan<byte> row, int width, Span<byte> target, int stride)
    {
        int depth = _header.BitDepth;
        int mask = (1 << depth) - 1;
        for (int x = 0, to = 0; x < width; x++, to += stride)
        {
            int bit = x * depth;
            int value = (row[bit >> 3] >> (8 - depth - (bit & 7))) & mask;
            _colors.AsSpan(value * Picture.Channels, Picture.Channels).CopyTo(target[to..]);
        }
    }
}
