using System.Buffers.Binary;
using PluginPrune.Core.Images.Exif;

namespace PluginPrune.Core.Images.Decoding.Png;

/// <summary>What stands before the pixels of a PNG (W3C PNG, third edition, section 11.2).</summary>
internal sealed record PngHeader(PictureSize Size, int BitDepth, PngColorType ColorType, bool IsInterlaced)
{
    public const int SignatureBytes = 8;

    private const int BytesBeforeData = 8;
    private const int Crc = 4;
    private const int HeaderBytes = 13;

    public PictureOrientation Orientation { get; init; } = PictureOrientation.Upright;

    public PictureInfo Info => new(PictureFormat.Png, Size, Orientation);

    /// <summary>Samples of a pixel as they are stored.</summary>
    public int Samples => ColorType switch
    {
        PngColorType.Rgb => 3,
        PngColorType.RgbAlpha => 4,
        PngColorType.GreyAlpha => 2,
        _ => 1,
    };

    public int BitsPerPixel => Samples * BitDepth;

    /// <summary>Bytes of a row of so many pixels, without the filter's.</summary>
    public long RowBytes(int width) => (((long)width * BitsPerPixel) + 7) / 8;

    /// <summary>Reads up to the first IDAT; null where the bytes end before.</summary>
    public static PngHeader? Read(ReadOnlySpan<byte> bytes)
    {
        PngHeader? header = null;
        int position = SignatureBytes;
        while (position + BytesBeforeData <= bytes.Length)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(bytes[position..]);
            ReadOnlySpan<byte> type = bytes.Slice(position + 4, 4);
            if (header is null && (!type.SequenceEqual("IHDR"u8) || length != HeaderBytes))
            {
                throw new PictureFault("this PNG does not begin with an IHDR chunk of 13 bytes; it is damaged.");
            }

            if (type.SequenceEqual("IDAT"u8) || type.SequenceEqual("IEND"u8))
            {
                return header;
            }

            if (position + BytesBeforeData + (long)length + Crc > bytes.Length)
            {
                return null;
            }

            ReadOnlySpan<byte> data = bytes.Slice(position + BytesBeforeData, (int)length);
            position += BytesBeforeData + (int)length + Crc;
            if (header is null)
            {
                header = Parse(data);
            }
            else if (type.SequenceEqual("eXIf"u8))
            {
                header = header with { Orientation = ExifReader.ReadOrientation(data) };
            }
        }

        return null;
    }

    private static PngHeader Parse(ReadOnlySpan<byte> data)
    {
        uint width = BinaryPrimitives.ReadUInt32BigEndian(data);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        if (width > int.MaxValue || height > int.MaxValue)
        {
            throw new PictureFault($"this PNG's header says {width} x {height} pixels; the format allows 2147483647 a side.");
        }

        int depth = data[8];
        int type = data[9];
        bool isAllowed = type switch
        {
            0 => depth is 1 or 2 or 4 or 8 or 16,
            2 or 4 or 6 => depth is 8 or 16,
            3 => depth is 1 or 2 or 4 or 8,
            _ => false,
        };
        if (!isAllowed)
        {
            throw new PictureFault($"this PNG's header says colour type {type} with {depth} bits, which the format does not know; it is damaged.");
        }

        if (data[10] != 0 || data[11] != 0 || data[12] > 1)
        {
            throw new PictureFault($"this PNG's header says compression {data[10]}, filter {data[11]}, interlacing {data[12]}, which the format does not know; it is damaged.");
        }

        return new PngHeader(new PictureSize((int)width, (int)height), depth, (PngColorType)type, data[12] == 1);
    }
}
