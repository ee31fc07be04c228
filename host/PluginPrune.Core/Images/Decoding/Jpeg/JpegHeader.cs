using System.Buffers.Binary;
using PluginPrune.Core.Images.Exif;

namespace PluginPrune.Core.Images.Decoding.Jpeg;

/// <summary>What stands before the first scan of a JPEG (ITU-T T.81, annex B).</summary>
/// <param name="Size">The stored size.</param>
/// <param name="Components">1 grey, 3 YCbCr or RGB, 4 CMYK or YCCK.</param>
/// <param name="IsHuffman">Whether the entropy coding spends at least a bit on every block.</param>
/// <param name="HasAdobeMarker">Adobe's programs store CMYK inverted and say so by their marker.</param>
/// <param name="Orientation">From EXIF.</param>
internal sealed record JpegHeader(PictureSize Size, int Components, bool IsHuffman, bool HasAdobeMarker, PictureOrientation Orientation)
{
    private const int Extended = 0xC1;
    private const int Progressive = 0xC2;
    private const int StartOfScan = 0xDA;
    private const int EndOfImage = 0xD9;
    private const int Application1 = 0xE1;
    private const int Application14 = 0xEE;

    /// <summary>Where the first scan begins.</summary>
    public int ScanOffset { get; init; }

    public PictureInfo Info => new(PictureFormat.Jpeg, Size, Orientation);

    /// <summary>Reads up to the first scan; null where the bytes end before.</summary>
    public static JpegHeader? Read(ReadOnlySpan<byte> bytes)
    {
        JpegHeader? frame = null;
        bool isAdobe = false;
        var orientation = PictureOrientation.Upright;
        int position = 2;
        while (true)
        {
            // What stands between markers is skipped, as the library does.
            int next = bytes[position..].IndexOf((byte)0xFF);
            position = next < 0 ? bytes.Length : position + next;
            while (position < bytes.Length && bytes[position] == 0xFF)
            {
                position++;
            }

            if (position >= bytes.Length)
            {
                return null;
            }

            int marker = bytes[position++];
            if (marker is 0 or 1 or (>= 0xD0 and <= 0xD8))
            {
                continue;
            }

            if (marker == EndOfImage || (marker == StartOfScan && frame is null))
            {
                throw new PictureFault("this JPEG has no frame header before its pixels; it is damaged.");
            }

            if (marker == StartOfScan)
            {
                return frame! with { HasAdobeMarker = isAdobe, Orientation = orientation, ScanOffset = position };
            }

            if (position + 2 > bytes.Length)
            {
                return null;
            }

            int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[position..]);
            if (length < 2)
            {
                throw new PictureFault($"this JPEG has a segment of {length} bytes at byte {position}; it is damaged.");
            }

            if (position + length > bytes.Length)
            {
                return null;
            }

            ReadOnlySpan<byte> segment = bytes.Slice(position + 2, length - 2);
            position += length;
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                frame ??= ReadFrame(segment, marker);
            }
            else if (marker == Application1 && segment.StartsWith("Exif\0"u8) && segment.Length > 6 && orientation == PictureOrientation.Upright)
            {
                orientation = ExifReader.ReadOrientation(segment[6..]);
            }
            else if (marker == Application14 && segment.StartsWith("Adobe"u8) && segment.Length >= 12)
            {
                isAdobe = true;
            }
        }
    }

    private static JpegHeader ReadFrame(ReadOnlySpan<byte> segment, int marker)
    {
        if (segment.Length < 6)
        {
            throw new PictureFault("this JPEG's frame header is too short; it is damaged.");
        }

        if (segment[0] != 8)
        {
            throw new PictureFault($"this JPEG has {segment[0]} bits a sample; 8 are read.");
        }

        var size = new PictureSize(BinaryPrimitives.ReadUInt16BigEndian(segment[3..]), BinaryPrimitives.ReadUInt16BigEndian(segment[1..]));
        return new JpegHeader(size, segment[5], marker is >= 0xC0 and <= Extended or Progressive, HasAdobeMarker: false, PictureOrientation.Upright);
    }
}
