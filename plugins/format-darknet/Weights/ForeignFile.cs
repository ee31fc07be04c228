using System.Text;

namespace PluginPrune.FormatDarknet.Weights;

/// <summary>Recognises files that bear the name of weights and are something else.</summary>
internal static class ForeignFile
{
    /// <summary>The character that decoders of UTF-8 put in place of bytes that are none, encoded again.</summary>
    public static ReadOnlySpan<byte> Replacement => [0xEF, 0xBF, 0xBD];

    /// <summary>Says what a file is in truth, or null where it may hold weights.</summary>
    /// <param name="sample">Its first bytes, up to 64 KB.</param>
    /// <param name="length">Its whole length.</param>
    public static string? Recognise(ReadOnlySpan<byte> sample, long length)
    {
        if (sample.IsEmpty)
        {
            return "it is empty (0 bytes). Get the file again.";
        }

        if (sample.StartsWith("version https://git-lfs"u8))
        {
            return $"it is a Git LFS pointer of {length} bytes, not the weights: run 'git lfs pull' in the repository that it came from, or download the file itself.";
        }

        if (sample.StartsWith("PK\u0003\u0004"u8))
        {
            return "it is a zip archive: a PyTorch checkpoint (.pt) that was renamed, or weights that must be unpacked first. Give a checkpoint its own extension.";
        }

        if (sample.Length > 1 && sample[0] == 0x80 && sample[1] is >= 2 and <= 5)
        {
            return "it is a Python pickle, as older PyTorch checkpoints (.pt) are, not a Darknet .weights file.";
        }

        if (sample.StartsWith((ReadOnlySpan<byte>)[0x89, .. "HDF"u8]))
        {
            return "it is an HDF5 file, as Keras writes them, not a Darknet .weights file.";
        }

        if (sample.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
        {
            return "it is compressed with gzip; unpack it first.";
        }

        return sample.IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0 || IsText(sample) ? DescribeText(sample, length) : null;
    }

    /// <summary>Whether many of the bytes EF BF BD stand there; in real weights they come once in 16 million bytes.</summary>
    public static bool LooksMangled(ReadOnlySpan<byte> sample) => sample.Count(Replacement) * 100 > sample.Length;

    private static bool IsText(ReadOnlySpan<byte> sample)
    {
        foreach (byte b in sample)
        {
            if (b < 0x20 && b is not ((byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'\f'))
            {
                return false;
            }
        }

        // Weights of all kinds hold bytes below 0x20; but a very short file may not.
        return !sample.ContainsAnyInRange((byte)0x7F, (byte)0xFF) || sample.Length > 4096;
    }

    private static string DescribeText(ReadOnlySpan<byte> sample, long length)
    {
        string text = Encoding.UTF8.GetString(sample).Trim();
        if (text.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase))
        {
            return "it is an HTML page, not the weights: the link led to a web page. Download the file itself.";
        }

        if (text.StartsWith('[') && text.Contains('=', StringComparison.Ordinal))
        {
            return "it is a text with [sections]: a .cfg file in the place of the weights.";
        }

        bool isPath = !text.AsSpan().ContainsAny(' ', '\n') && text.AsSpan().ContainsAny('/', '\\');
        string shown = text.Length <= 80 ? text : text[..77] + "...";
        return isPath
            ? $"it is a text of {length} bytes that names another file ('{shown}'): a symbolic link that was stored as a file. Get the file that it names."
            : $"it is a text of {length} bytes ('{shown.ReplaceLineEndings(" ")}'), not a Darknet .weights file.";
    }
}
