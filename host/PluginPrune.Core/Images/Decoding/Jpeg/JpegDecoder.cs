using System.Runtime.InteropServices;

namespace PluginPrune.Core.Images.Decoding.Jpeg;

/// <summary>Decodes at full size with the accurate transform, as OpenCV and Pillow do.</summary>
internal static unsafe class JpegDecoder
{
    /// <summary>
    /// The most pixels that a byte can stand for: a bit for each 8 x 8 block of the finest component, whose sides may be half of the picture's.
    /// </summary>
    private const long PixelsPerByte = 8 * 64 * 4;

    public static Picture Decode(ReadOnlySpan<byte> file, TurboJpeg library, PixelMemory memory)
    {
        JpegHeader header = JpegHeader.Read(file)!;
        if (header.IsHuffman && header.Size.Pixels > file.Length * PixelsPerByte)
        {
            throw new PictureFault($"{file.Length} bytes cannot hold the {header.Size} pixels that its header says; it is truncated or damaged.");
        }

        if (header.Components != 4)
        {
            Picture picture = memory.Create(header.Size);
            Decompress(file, library, picture.Pixels, header.Size, TurboJpeg.PixelRgb, header.Size.Width * Picture.Channels);
            return picture;
        }

        byte[] inks = GC.AllocateUninitializedArray<byte>(checked((int)(header.Size.Pixels * 4)));
        Decompress(file, library, inks, header.Size, TurboJpeg.PixelCmyk, header.Size.Width * 4);
        return CmykConverter.ToRgb(inks, header.Size, header.HasAdobeMarker, memory);
    }

    private static void Decompress(ReadOnlySpan<byte> file, TurboJpeg library, Span<byte> pixels, PictureSize size, int format, int rowBytes)
    {
        nint handle = library.InitDecompress();
        if (handle == 0)
        {
            throw new JpegLibraryException("it could not begin its work; there may be no memory left.");
        }

        try
        {
            fixed (byte* source = file)
            fixed (byte* target = pixels)
            {
                // With the size given, the library never writes more than that, whatever the file says.
                int result = library.Decompress(
                    handle, source, new CULong((nuint)file.Length), target, size.Width, rowBytes, size.Height, format, TurboJpeg.AccurateDct | TurboJpeg.LimitScans);
                if (result != 0)
                {
                    JpegWarnings.Check(library.Message(handle), isFatal: library.ErrorCode(handle) != 0);
                }
            }
        }
        finally
        {
            _ = library.Destroy(handle);
        }
    }
}
