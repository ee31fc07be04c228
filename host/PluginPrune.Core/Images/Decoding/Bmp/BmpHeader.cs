using System.Buffers.Binary;

namespace PluginPrune.Core.Images.Decoding.Bmp;

/// <summary>The file and information headers of a Windows bitmap.</summary>
/// <param name="Size">The sides.</param>
/// <param name="IsTopDown">Whether the first stored row is the top one.</param>
/// <param name="Bits">Bits of a pixel: 1, 4, 8 (with a palette), 24 or 32.</param>
/// <param name="PixelOffset">Where the rows begin.</param>
/// <param name="PaletteOffset">Where the colours begin.</param>
/// <param name="ColorBytes">Bytes of a colour: 4, or 3 in the oldest headers.</param>
internal sealed record BmpHeader(PictureSize Size, bool IsTopDown, int Bits, uint PixelOffset, int PaletteOffset, int ColorBytes)
{
    private const int FileHeader = 14;
    private const int OldestHeader = 12;
    private const int Uncompressed = 0;
    private const int Masked = 3;
    private const int MasksOffset = 40;

    public PictureInfo Info => new(PictureFormat.Bmp, Size, PictureOrientation.Upright);

    /// <summary>Reads both headers; null where the bytes end before.</summary>
    public static BmpHeader? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < FileHeader + 4)
        {
            return null;
        }

        uint pixelOffset = BinaryPrimitives.ReadUInt32LittleEndian(bytes[10..]);
        uint headerBytes = BinaryPrimitives.ReadUInt32LittleEndian(bytes[FileHeader..]);
        if (headerBytes is not (OldestHeader or (>= 40 and <= 124)))
        {
            throw new PictureFault($"this BMP has an information header of {headerBytes} bytes; 12 or 40 to 124 are read.");
        }

        if (bytes.Length < FileHeader + headerBytes)
        {
            return null;
        }

        ReadOnlySpan<byte> header = bytes[FileHeader..];
        bool isOldest = headerBytes == OldestHeader;
        int width = isOldest ? BinaryPrimitives.ReadUInt16LittleEndian(header[4..]) : BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        int height = isOldest ? BinaryPrimitives.ReadUInt16LittleEndian(header[6..]) : BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(header[(isOldest ? 10 : 14)..]);
        uint compression = isOldest ? Uncompressed : BinaryPrimitives.ReadUInt32LittleEndian(header[16..]);
        if (bits is not (1 or 4 or 8 or 24 or 32) || !(compression == Uncompressed || (compression == Masked && bits == 32 && HasUsualMasks(header))))
        {
            throw new PictureFault($"this BMP has {bits} bits a pixel with compression {compression}; 1, 4, 8, 24 and 32 bits without compression are read. Convert it.");
        }

        return new BmpHeader(
            new PictureSize(width, height == int.MinValue ? 0 : Math.Abs(height)), height < 0, bits, pixelOffset, FileHeader + (int)headerBytes, isOldest ? 3 : 4);
    }

    /// <summary>Whether blue, green and red are the lower three bytes. The masks follow the shortest header or belong to a longer one.</summary>
    private static bool HasUsualMasks(ReadOnlySpan<byte> header) =>
        header.Length >= MasksOffset + 12
        && BinaryPrimitives.ReadUInt32LittleEndian(header[MasksOffset..]) == 0xFF0000
        && BinaryPrimitives.ReadUInt32LittleEndian(header[(MasksOffset + 4)..]) == 0xFF00
        && BinaryPrimitives.ReadUInt32LittleEndian(header[(MasksOffset + 8)..]) == 0xFF;
}
