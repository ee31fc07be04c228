namespace PluginPrune.Core.Images.Decoding.Jpeg;

/// <summary>
/// Which of the library's warnings mean that pixels are lost. It decodes on with grey or garbage where data are missing; a data
/// set must not be measured on that.
/// </summary>
internal static class JpegWarnings
{
    /// <summary>Oddities of encoders that cost no pixel.</summary>
    private static readonly string[] Harmless =
    [
        "Invalid SOS parameters",
        "Unknown Adobe color transform",
        "Warning: unknown JFIF revision",
    ];

    public static void Check(string message, bool isFatal)
    {
        if (!isFatal && Harmless.Any(start => message.Contains(start, StringComparison.Ordinal)))
        {
            return;
        }

        // The text is libjpeg's; the file may be whole and merely of a kind that it does not read.
        string problem = message.TrimEnd('.');
        throw new PictureFault(isFatal
            ? $"this JPEG cannot be decoded: {problem}."
            : $"this JPEG is damaged or truncated: {problem}.");
    }
}
