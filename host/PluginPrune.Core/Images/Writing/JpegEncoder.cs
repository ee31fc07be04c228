using System.Runtime.InteropServices;
using PluginPrune.Core.Images.Decoding.Jpeg;

namespace PluginPrune.Core.Images.Writing;

/// <summary>Writes JPEG through libturbojpeg.</summary>
internal static unsafe class JpegEncoder
{
    /// <summary>No colour is thinned out: thin coloured lines stay sharp.</summary>
    public const int FullColor = 0;

    private const int MaximumSide = 65535;

    /// <summary>A whole file.</summary>
    /// <param name="library">The library.</param>
    /// <param name="pixels">Rows without gaps.</param>
    /// <param name="size">Their size.</param>
    /// <param name="format">The library's number of their layout.</param>
    /// <param name="subsampling">The library's number of the chroma's resolution.</param>
    /// <param name="quality">1 to 100.</param>
    /// <param name="flags">The library's.</param>
    public static byte[] Encode(TurboJpeg library, ReadOnlySpan<byte> pixels, PictureSize size, int format, int subsampling, int quality, int flags = 0)
    {
        if (size.Width > MaximumSide || size.Height > MaximumSide)
        {
            throw new NotSupportedException($"A JPEG cannot be {size} pixels large, only {MaximumSide} a side. Write a PNG.");
        }

        nint handle = library.InitCompress();
        if (handle == 0)
        {
            throw new JpegLibraryException("it could not begin its work; there may be no memory left.");
        }

        try
        {
            byte[] file = GC.AllocateUninitializedArray<byte>(checked((int)library.BufferSize(size.Width, size.Height, subsampling).Value));
            fixed (byte* source = pixels)
            fixed (byte* target = file)
            {
                byte* start = target;
                var length = new CULong((nuint)file.Length);
                int result = library.Compress(
                    handle, source, size.Width, 0, size.Height, format, &start, &length, subsampling, quality, flags | TurboJpeg.NoReallocation);
                return result == 0
                    ? file[..(int)length.Value]
                    : throw new NotSupportedException($"A JPEG of {size} pixels could not be written: {library.Message(handle)}.");
            }
        }
        finally
        {
            _ = library.Destroy(handle);
        }
    }
}
