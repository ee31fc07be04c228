using System.Globalization;
using System.Text;

namespace PluginPrune.Core.Images.Decoding;

/// <summary>Tells by its first bytes what a file is.</summary>
internal static class PictureSniffer
{
    /// <summary>The format.</summary>
    /// <exception cref="PictureFault">It is none that is read; the fault says what it is.</exception>
    public static PictureFormat Recognize(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return PictureFormat.Jpeg;
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
        {
            return PictureFormat.Png;
        }

        if (bytes.Length >= 3 && bytes[0] == 'P' && bytes[1] is (byte)'5' or (byte)'6' && char.IsWhiteSpace((char)bytes[2]))
        {
            return PictureFormat.Netpbm;
        }

        // 'BM' begins words too; a bitmap's reserved bytes are zero.
        if (bytes.Length >= 14 && bytes.StartsWith("BM"u8) && !bytes.Slice(6, 4).ContainsAnyExcept((byte)0))
        {
            return PictureFormat.Bmp;
        }

        throw new PictureFault($"this is {Describe(bytes)}. Pictures must be JPEG, PNG, BMP, PPM (P6) or PGM (P5); convert it.");
    }

    private static string Describe(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return "an empty file";
        }

        if (bytes.StartsWith("version https://git-lfs"u8))
        {
            return "a pointer of Git LFS, not the file itself ('git lfs pull' fetches that)";
        }

        string? known = DescribePicture(bytes);
        if (known is not null)
        {
            return known;
        }

        return DescribeText(bytes) ?? (bytes.StartsWith("%PDF"u8) ? "a PDF document"
            : bytes.StartsWith("PK\x03\x04"u8) ? "a zip archive"
            : bytes.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) ? "a gzip archive"
            : !bytes.ContainsAnyExcept((byte)0) ? "a file of zeros"
            : $"no known picture (it begins with {Convert.ToHexString(bytes[..Math.Min(8, bytes.Length)])})");
    }

    private static string? DescribePicture(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> brand = bytes.Length >= 12 && bytes.Slice(4, 4).SequenceEqual("ftyp"u8) ? bytes.Slice(8, 4) : default;
        return bytes.StartsWith("GIF8"u8) ? "a GIF picture"
            : bytes.StartsWith("RIFF"u8) && bytes.Length >= 12 && bytes.Slice(8, 4).SequenceEqual("WEBP"u8) ? "a WebP picture"
            : bytes.StartsWith("II*\0"u8) || bytes.StartsWith("MM\0*"u8) ? "a TIFF picture"
            : brand.StartsWith("avif"u8) ? "an AVIF picture"
            : brand.StartsWith("hei"u8) || brand.StartsWith("mif1"u8) || brand.StartsWith("hev"u8) ? "an HEIF picture"
            : !brand.IsEmpty ? "a video, or a picture kept as one"
            : bytes.StartsWith("\0\0\0\x0CjP  "u8) ? "a JPEG 2000 picture"
            : bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x4F, 0xFF, 0x51]) ? "a JPEG 2000 picture"
            : bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x0A]) || bytes.StartsWith("\0\0\0\x0CJXL "u8) ? "a JPEG XL picture"
            : bytes.StartsWith("8BPS"u8) ? "a Photoshop document"
            : bytes.Length >= 3 && bytes[0] == 'P' && bytes[1] is >= (byte)'1' and <= (byte)'7' && char.IsWhiteSpace((char)bytes[2])
                ? string.Create(CultureInfo.InvariantCulture, $"a Netpbm picture of kind P{(char)bytes[1]}")
            : null;
    }

    private static string? DescribeText(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes[..Math.Min(64, bytes.Length)])
        {
            if (value is < 9 or (> 13 and < 32) or 127)
            {
                return null;
            }
        }

        string text = Encoding.Latin1.GetString(bytes[..Math.Min(512, bytes.Length)]).Trim();
        return text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
                ? "an HTML page: a download that failed, perhaps"
            : text.Contains("<svg", StringComparison.OrdinalIgnoreCase) ? "an SVG drawing"
            : text.StartsWith('<') ? "an XML or HTML text"
            : bytes[..Math.Min(64, bytes.Length)].ContainsAnyInRange((byte)128, (byte)255) ? null
            : $"a text that begins with '{new string([.. text.ReplaceLineEndings(" ").Take(24)])}'";
    }
}
