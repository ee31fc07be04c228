using PluginPrune.Contracts;
using PluginPrune.Core.Images.Decoding.Bmp;
using PluginPrune.Core.Images.Decoding.Jpeg;
using PluginPrune.Core.Images.Decoding.Netpbm;
using PluginPrune.Core.Images.Decoding.Png;
using PluginPrune.Core.Images.Exif;

namespace PluginPrune.Core.Images.Decoding;

/// <summary>Finds the decoder for a file and gives faults the file's name.</summary>
internal static class PictureDecoder
{
    /// <summary>Decodes and turns upright.</summary>
    public static Picture Decode(ReadOnlyMemory<byte> file, PixelMemory memory)
    {
        PictureInfo info = ReadInfo(file.Span, isWhole: true)!;
        Picture stored = info.Format switch
        {
            PictureFormat.Jpeg => JpegDecoder.Decode(file.Span, TurboJpeg.Shared, memory),
            PictureFormat.Png => PngDecoder.Decode(file, memory),
            PictureFormat.Bmp => BmpDecoder.Decode(file.Span, memory),
            _ => NetpbmDecoder.Decode(file.Span, memory),
        };
        return Uprighting.Apply(stored, info.Orientation, memory);
    }

    /// <summary>Reads the header; null where the bytes end before it does and there are more of them.</summary>
    public static PictureInfo? ReadInfo(ReadOnlySpan<byte> bytes, bool isWhole)
    {
        PictureFormat format = PictureSniffer.Recognize(bytes);
        PictureInfo? info = format switch
        {
            PictureFormat.Jpeg => JpegHeader.Read(bytes)?.Info,
            PictureFormat.Png => PngHeader.Read(bytes)?.Info,
            PictureFormat.Bmp => BmpHeader.Read(bytes)?.Info,
            _ => NetpbmHeader.Read(bytes)?.Info,
        };
        if (info is null)
        {
            return isWhole ? throw new PictureFault($"the file ends after {bytes.Length} bytes, within its header; it is truncated.") : null;
        }

        PictureLimits.Check(info.Stored);
        return info;
    }

    /// <summary>Runs what may find a fault.</summary>
    /// <exception cref="InputException">It did, or the file could not be read.</exception>
    public static T Guard<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (PictureFault fault)
        {
            throw new InputException(name, null, fault.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException and not JpegLibraryException)
        {
            throw new InputException(name, null, $"the picture cannot be read: {error.Message}");
        }
    }
}
