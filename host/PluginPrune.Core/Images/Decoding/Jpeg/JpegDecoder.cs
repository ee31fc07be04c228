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
            Decompress(file, header, library, picture.Pixels, TurboJpeg.PixelRgb, header.Size.Width * Picture.Channels);
            return picture;
        }

        byte[] inks = GC.AllocateUninitializedArray<byte>(checked((int)(header.Size.Pixels * 4)));
        Decompress(file, header, library, inks, TurboJpeg.PixelCmyk, header.Size.Width * 4);
        return CmykConverter.ToRgb(inks, header.Size, header.HasAdobeMarker, memory);
    }

    private static void Decompress(ReadOnlySpan<byte> file, JpegHeader header, TurboJpeg library, Span<byte> pixels, int format, int rowBytes)
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
                if (TryDecompress(handle, library, source, file.Length, target, header.Size, format, rowBytes, flags: 0))
                {
                    return;
                }

                // What is kept is the last message. It may follow a graver one; decoding up to the first tells.
                bool isFatal = library.ErrorCode(handle) != 0;
                if (isFatal
                    || !JpegWarnings.IsHarmless(library.Message(handle), file[header.ScanOffset..])
                    || (!TryDecompress(handle, library, source, file.Length, target, header.Size, format, rowBytes, TurboJpeg.StopOnWarning)
                        && !JpegWarnings.IsHarmless(library.Message(handle), file[header.ScanOffset..])))
                {
                    string problem = library.Message(handle).TrimEnd('.');
                    throw new PictureFault(isFatal ? $"this JPEG cannot be decoded: {problem}." : $"this JPEG is damaged or truncated: {problem}.");
                }
            }
        }
        finally
        {
            _ = library.Destroy(handle);
        }
    }

    /// <summary>With the size given, the library never writes more than that, whatever the file says.</summary>
    private static bool TryDecompress(
        nint handle, TurboJpeg library, byte* source, int length, byte* target, PictureSize size, int format, int rowBytes, int flags) =>
        library.Decompress(
            handle, source, new CULong((nuint)length), target, size.Width, rowBytes, size.Height, format, flags | TurboJpeg.AccurateDct | TurboJpeg.LimitScans) == 0;
}
