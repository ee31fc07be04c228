using System.Buffers.Binary;

namespace PluginPrune.Core.Images.Exif;

/// <summary>Finds the orientation in EXIF data (CIPA DC-008, a TIFF structure). What is damaged counts as absent: a picture is not lost for it.</summary>
internal static class ExifReader
{
    private const int OrientationTag = 0x0112;
    private const int ShortType = 3;
    private const int EntryBytes = 12;

    public static PictureOrientation ReadOrientation(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8 || !(tiff.StartsWith("II*\0"u8) || tiff.StartsWith("MM\0*"u8)))
        {
            return PictureOrientation.Upright;
        }

        bool isLittle = tiff[0] == 'I';
        uint directory = isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (directory > tiff.Length - 2)
        {
            return PictureOrientation.Upright;
        }

        int count = Short(tiff[(int)directory..], isLittle);
        ReadOnlySpan<byte> entries = tiff[((int)directory + 2)..];
        for (; count > 0 && entries.Length >= EntryBytes; count--, entries = entries[EntryBytes..])
        {
            if (Short(entries, isLittle) == OrientationTag && Short(entries[2..], isLittle) == ShortType)
            {
                int value = Short(entries[8..], isLittle);
                return value is >= 1 and <= 8 ? (PictureOrientation)value : PictureOrientation.Upright;
            }
        }

        return PictureOrientation.Upright;
    }

    private static int Short(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
