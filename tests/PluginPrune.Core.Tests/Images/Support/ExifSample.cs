using System.Buffers.Binary;

namespace PluginPrune.Core.Tests.Images;

/// <summary>EXIF data that hold an orientation behind other entries.</summary>
internal static class ExifSample
{
    public static byte[] Tiff(int orientation, bool isLittle)
    {
        using var tiff = new MemoryStream();
        void Short(int value)
        {
            byte[] bytes = new byte[2];
            if (isLittle)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
            }
            else
            {
                BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
            }

            tiff.Write(bytes);
        }

        void Long(int value)
        {
            Short(isLittle ? value & 0xFFFF : value >> 16);
            Short(isLittle ? value >> 16 : value & 0xFFFF);
        }

        tiff.Write(isLittle ? "II"u8 : "MM"u8);
        Short(42);
        Long(10);
        Short(0);
        Short(2);
        Short(0x0100);
        Short(4);
        Long(1);
        Long(640);
        Short(0x0112);
        Short(3);
        Long(1);
        Short(orientation);
        Short(0);
        Long(0);
        return tiff.ToArray();
    }

    /// <summary>The JPEG with an APP1 segment after its first marker.</summary>
    public static byte[] InJpeg(byte[] jpeg, byte[] tiff)
    {
        int length = 2 + 6 + tiff.Length;
        return [.. jpeg[..2], 0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. "Exif\0\0"u8, .. tiff, .. jpeg[2..]];
    }

    /// <summary>The PNG with an eXIf chunk after its header.</summary>
    public static byte[] InPng(byte[] png, byte[] tiff)
    {
        using var file = new MemoryStream();
        file.Write(png.AsSpan(0, 33));
        PngSample.WriteChunk(file, "eXIf", tiff);
        file.Write(png.AsSpan(33));
        return file.ToArray();
    }
}
