using System.Text;
using PluginPrune.Contracts;

namespace PluginPrune.Shared.Datasets;

/// <summary>Reads small texts that users hand in.</summary>
internal static class TextFile
{
    private const long MostBytes = 1L << 28;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a text that must not be empty. A byte order mark is dropped; what is no UTF-8 is taken as Latin-1.</summary>
    /// <exception cref="InputException">It is empty, no ordinary file, too large, or no text.</exception>
    public static string Read(string path)
    {
        string text = ReadOrEmpty(path);
        return string.IsNullOrWhiteSpace(text) ? throw new InputException(path, null, "it is empty, or a pipe or a device.") : text;
    }

    /// <summary>The same; pipes and devices, which have no length and may have no end, count as empty.</summary>
    public static string ReadOrEmpty(string path)
    {
        long length = File.ResolveLinkTarget(path, returnFinalTarget: true) is FileInfo target ? target.Length : new FileInfo(path).Length;
        if (length > MostBytes)
        {
            throw new InputException(path, null, $"it has {length} bytes; a text of this kind has at most {MostBytes}.");
        }

        return length == 0 ? string.Empty : Decode(path, File.ReadAllBytes(path));
    }

    private static string Decode(string path, byte[] bytes)
    {
        ReadOnlySpan<byte> content = bytes;
        if (content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || content.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            // Editors of Windows write UTF-16.
            return (content[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(content[2..]);
        }

        if (content.Contains((byte)0))
        {
            throw new InputException(path, null, "it holds bytes that no text has; it is another kind of file.");
        }

        content = content.StartsWith(Encoding.UTF8.Preamble) ? content[3..] : content;
        try
        {
            return Strict.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(content);
        }
    }
}
