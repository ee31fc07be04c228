namespace PluginPrune.Core.Images.Decoding;

/// <summary>Brings a picture's file into memory, no more of it than is needed and never more than the limit.</summary>
internal static class PictureFile
{
    private const int FirstBytes = 1 << 14;

    public static ReadOnlyMemory<byte> ReadAll(Stream stream)
    {
        byte[] buffer = [];
        int length = ReadAll(stream, ref buffer);
        return buffer.AsMemory(0, length);
    }

    /// <summary>Reads into a buffer that is made larger where it must be.</summary>
    public static int ReadAll(Stream stream, ref byte[] buffer)
    {
        long expected = stream.CanSeek ? stream.Length - stream.Position : FirstBytes;
        CheckLength(expected);

        // One byte more, so that the end is met without growing.
        Grow(ref buffer, 0, (int)expected + 1);
        int length = 0;
        while (true)
        {
            length += stream.ReadAtLeast(buffer.AsSpan(length), buffer.Length - length, throwOnEndOfStream: false);
            if (length < buffer.Length)
            {
                return length;
            }

            CheckLength(length);
            Grow(ref buffer, length, 2 * length);
        }
    }

    public static PictureInfo ReadInfo(Stream stream)
    {
        byte[] buffer = new byte[FirstBytes];
        int length = 0;
        while (true)
        {
            int wanted = buffer.Length - length;
            int read = stream.ReadAtLeast(buffer.AsSpan(length), wanted, throwOnEndOfStream: false);
            length += read;
            if (PictureDecoder.ReadInfo(buffer.AsSpan(0, length), isWhole: read < wanted) is { } info)
            {
                return info;
            }

            CheckLength(length);
            Grow(ref buffer, length, 2 * length);
        }
    }

    private static void Grow(ref byte[] buffer, int used, int length)
    {
        if (buffer.Length < length)
        {
            byte[] larger = GC.AllocateUninitializedArray<byte>(length);
            buffer.AsSpan(0, used).CopyTo(larger);
            buffer = larger;
        }
    }

    private static void CheckLength(long length)
    {
        if (length >= PictureLimits.MaximumFileBytes)
        {
            throw new PictureFault($"the file is {PictureLimits.MaximumFileBytes} bytes (1 GiB) or longer; no larger one is read as a picture.");
        }
    }
}
