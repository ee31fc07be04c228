namespace PluginPrune.Core.Images.Decoding.Netpbm;

/// <summary>The text before the pixels of a binary PGM or PPM: kind, width, height, largest value; comments begin with '#'.</summary>
/// <param name="Size">The sides.</param>
/// <param name="Samples">1 for PGM, 3 for PPM.</param>
/// <param name="Largest">What is white: 1 to 65535; over 255 a sample has two bytes.</param>
/// <param name="PixelOffset">Where the pixels begin.</param>
internal sealed record NetpbmHeader(PictureSize Size, int Samples, int Largest, int PixelOffset)
{
    public PictureInfo Info => new(PictureFormat.Netpbm, Size, PictureOrientation.Upright);

    /// <summary>Reads the text; null where the bytes end before it does.</summary>
    public static NetpbmHeader? Read(ReadOnlySpan<byte> bytes)
    {
        int position = 2;
        Span<int> numbers = stackalloc int[3];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!SkipToNumber(bytes, ref position))
            {
                return null;
            }

            long number = 0;
            int start = position;
            while (position < bytes.Length && char.IsAsciiDigit((char)bytes[position]))
            {
                number = Math.Min((number * 10) + bytes[position++] - '0', int.MaxValue);
            }

            // The one white space that must follow is there in every whole file.
            if (position == bytes.Length)
            {
                return null;
            }

            if (position == start || !char.IsWhiteSpace((char)bytes[position]))
            {
                throw new PictureFault($"the header of this PGM or PPM has the byte {bytes[position]} where a number is wanted; it is damaged.");
            }

            numbers[i] = (int)number;
        }

        return numbers[2] is >= 1 and <= 65535
            ? new NetpbmHeader(new PictureSize(numbers[0], numbers[1]), bytes[1] == '5' ? 1 : 3, numbers[2], position + 1)
            : throw new PictureFault($"the header of this PGM or PPM says {numbers[2]} for white; 1 to 65535 is wanted.");
    }

    private static bool SkipToNumber(ReadOnlySpan<byte> bytes, ref int position)
    {
        while (position < bytes.Length)
        {
            if (bytes[position] == '#')
            {
                int end = bytes[position..].IndexOfAny((byte)'\n', (byte)'\r');
                position = end < 0 ? bytes.Length : position + end;
            }
            else if (char.IsWhiteSpace((char)bytes[position]))
            {
                position++;
            }
            else
            {
                return true;
            }
        }

        return false;
    }
}
