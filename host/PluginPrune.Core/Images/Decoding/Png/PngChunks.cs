using System.Buffers.Binary;
using System.Text;

namespace PluginPrune.Core.Images.Decoding.Png;

/// <summary>The chunks of a PNG that pixels are made of, their checksums verified. All others are skipped unread.</summary>
internal sealed class PngChunks
{
    private const int BytesAround = 12;

    private PngChunks(List<ReadOnlyMemory<byte>> data, ReadOnlyMemory<byte> palette)
    {
        Data = data;
        Palette = palette;
    }

    /// <summary>The compressed pixels, in pieces.</summary>
    public List<ReadOnlyMemory<byte>> Data { get; }

    /// <summary>Three bytes a colour; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Palette { get; }

    public long DataBytes => Data.Sum(static piece => (long)piece.Length);

    public static PngChunks Read(ReadOnlyMemory<byte> file)
    {
        var data = new List<ReadOnlyMemory<byte>>();
        ReadOnlyMemory<byte> palette = default;
        ReadOnlySpan<byte> bytes = file.Span;
        int position = PngHeader.SignatureBytes;
        while (true)
        {
            long length = bytes.Length - position >= BytesAround ? BinaryPrimitives.ReadUInt32BigEndian(bytes[position..]) : long.MaxValue;
            if (length > bytes.Length - position - BytesAround)
            {
                throw new PictureFault($"the file ends after {bytes.Length} bytes, before its IEND chunk; it is truncated.");
            }

            ReadOnlySpan<byte> type = bytes.Slice(position + 4, 4);
            ReadOnlyMemory<byte> content = file.Slice(position + 8, (int)length);
            if (char.IsAsciiLetterUpper((char)type[0]))
            {
                Verify(type, content.Span, BinaryPrimitives.ReadUInt32BigEndian(bytes[(position + 8 + (int)length)..]), position);
            }

            position += BytesAround + (int)length;
            if (type.SequenceEqual("IDAT"u8))
            {
                data.Add(content);
            }
            else if (type.SequenceEqual("PLTE"u8))
            {
                palette = content;
            }
            else if (type.SequenceEqual("IEND"u8))
            {
                return new PngChunks(data, palette);
            }
            else if (char.IsAsciiLetterUpper((char)type[0]) && !type.SequenceEqual("IHDR"u8))
            {
                throw new PictureFault($"this PNG has a critical chunk '{Encoding.ASCII.GetString(type)}' that is not known here; it is damaged, or an extension.");
            }
        }
    }

    private static void Verify(ReadOnlySpan<byte> type, ReadOnlySpan<byte> content, uint expected, int position)
    {
        uint actual = Crc32.Of(type, content);
        if (actual != expected)
        {
            throw new PictureFault(
                $"the checksum of this PNG's chunk '{Encoding.ASCII.GetString(type)}' at byte {position} is {expected:x8} and should be {actual:x8}; it is damaged.");
        }
    }
}
