using System.Text;
using PluginPrune.Contracts;

namespace PluginPrune.FormatDarknet.Text;

/// <summary>
/// The bytes of a cfg file as text. One byte is one character (Latin-1), so that comments in any encoding survive unread.
/// </summary>
internal static class CfgFile
{
    // The largest cfg files in the world are some 100 KB; more is a mistake, such as the weights in the cfg's place.
    private const long LongestFile = 16 << 20;

    /// <exception cref="InputException">It is not there or not a text in a one-byte encoding or UTF-8.</exception>
    public static string ReadText(string path)
    {
        if (Directory.Exists(path))
        {
            throw new InputException(path, null, "it is a folder; a Darknet .cfg file is wanted.");
        }

        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new InputException(path, null, "there is no such file.");
        }

        long length = FileLength.Of(path);
        if (length == 0)
        {
            throw new InputException(path, null, "it is empty.");
        }

        if (length > LongestFile)
        {
            throw new InputException(path, null, $"it has {length} bytes; a Darknet .cfg file is a text of some kilobytes. Is it the weights file?");
        }

        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, null, $"it cannot be read: {error.Message}");
        }

        CheckIsText(path, bytes);
        return Encoding.Latin1.GetString(bytes);
    }

    public static void WriteText(Stream stream, string text) => stream.Write(Encoding.Latin1.GetBytes(text));

    /// <summary>Text of the file as a message may show it: decoded as UTF-8 and cut where it is long.</summary>
    public static string Readable(string text)
    {
        string decoded = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(text));
        return decoded.Length <= 60 ? decoded : decoded[..57] + "...";
    }

    private static void CheckIsText(string path, ReadOnlySpan<byte> bytes)
    {
        bool hasWideMark = bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]);
        int zeros = bytes.Count((byte)0);
        if (hasWideMark || (zeros > 0 && Math.Abs(zeros - (bytes.Length / 2)) <= bytes.Length / 8))
        {
            throw new InputException(path, null, "it is encoded as UTF-16, which Darknet cannot read. Save it as UTF-8 or ASCII.");
        }

        if (zeros > 0)
        {
            throw new InputException(path, null, "it is a binary file; a Darknet .cfg file is a text.");
        }

        if (bytes.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            throw new InputException(path, null, "it is empty.");
        }
    }
}
