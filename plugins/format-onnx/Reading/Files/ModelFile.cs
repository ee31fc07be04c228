using System.Text;

namespace PluginPrune.FormatOnnx.Reading.Files;

/// <summary>Brings a file into memory, and says what it is where it is something else.</summary>
internal static class ModelFile
{
    private const int Glance = 64;

    /// <exception cref="OnnxFileException">It is no ONNX file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static StoredModel Read(string path)
    {
        var file = new FileInfo(path);
        if (file.Length > Array.MaxLength)
        {
            throw new OnnxFileException($"it has {file.Length:N0} bytes; an ONNX file has 2 GB at most, with larger weights in a file beside it.");
        }

        byte[] bytes = File.ReadAllBytes(path);
        return FindForeign(bytes) is { } foreign ? throw new OnnxFileException(foreign) : ModelParser.Parse(bytes);
    }

    private static string? FindForeign(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return "it is empty.";
        }

        string start = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, Glance)]).TrimStart();
        return start switch
        {
            _ when start.StartsWith("version https://git-lfs", StringComparison.Ordinal) => "it is a Git LFS pointer, which stands for the file. Fetch it with 'git lfs pull'.",
            ['<', ..] => "it is a web page or XML, no ONNX file: the download gave a page in its place.",
            ['{', ..] => "it is JSON, no ONNX file.",
            ['P', 'K', '\u0003', ..] => "it is a ZIP archive, as torch's .pt files are, and no ONNX file.",
            ['O', 'R', 'T', 'M', ..] or [_, _, _, _, 'O', 'R', 'T', 'M', ..] => "it is in ONNX Runtime's own format. Give the .onnx file that it was made of.",
            _ => null,
        };
    }
}
