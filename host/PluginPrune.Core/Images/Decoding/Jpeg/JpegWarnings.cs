using System.Globalization;
using System.Text.RegularExpressions;

namespace PluginPrune.Core.Images.Decoding.Jpeg;

/// <summary>
/// Which of the library's warnings mean that pixels are lost. It decodes on with grey or garbage where data are missing; a data
/// set must not be measured on that. The texts are libjpeg's.
/// </summary>
internal static partial class JpegWarnings
{
    /// <summary>Bytes too many at the end are a camera's carelessness; many more are what a scan leaves that was misread.</summary>
    private const int CarelessBytes = 16;

    /// <summary>Oddities of encoders that cost no pixel.</summary>
    private static readonly string[] Harmless = ["Invalid SOS parameters", "Unknown Adobe color transform", "Warning: unknown JFIF revision"];

    /// <summary>Whether no pixel is lost.</summary>
    /// <param name="message">The warning.</param>
    /// <param name="scans">The file from its first scan on.</param>
    public static bool IsHarmless(string message, ReadOnlySpan<byte> scans)
    {
        if (BytesBeforeEnd().Match(message) is not { Success: true } match)
        {
            return Harmless.Any(text => message.Contains(text, StringComparison.Ordinal));
        }

        // Pixels never look like this marker, so the first one is the end.
        int count = int.Parse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture);
        int end = scans.IndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]);
        return count <= CarelessBytes || (end >= count && !scans[(end - count)..end].ContainsAnyExcept(scans[end - 1]));
    }

    [GeneratedRegex(" (?<count>[0-9]{1,9}) extraneous bytes before marker 0xd9", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BytesBeforeEnd();
}
