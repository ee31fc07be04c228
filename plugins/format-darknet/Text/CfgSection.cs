using System.Collections.Immutable;
using System.Globalization;

namespace PluginPrune.FormatDarknet.Text;

/// <summary>
/// A section of a cfg file with every byte of it: the comments that lead it, its header, its options and what stands between
/// them. Immutable; it also is the annotation by which a node or head remembers where it came from.
/// </summary>
/// <param name="index">The layer's index; -1 for [net].</param>
/// <param name="header">The line with the name.</param>
/// <param name="leading">Comments and blank lines before the header that belong to it.</param>
/// <param name="body">All lines after the header that belong to the section.</param>
internal sealed class CfgSection(int index, CfgLine header, ImmutableArray<CfgLine> leading, ImmutableArray<CfgLine> body)
{
    public int Index { get; } = index;

    public CfgLine Header { get; } = header;

    public ImmutableArray<CfgLine> Leading { get; } = leading;

    public ImmutableArray<CfgLine> Body { get; } = body;

    /// <summary>The name between the brackets.</summary>
    public string Name => Header.Key;

    public int Line => Header.Number;

    /// <summary>How this section's lines end.</summary>
    public string NewLine => Header.Raw.EndsWith("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    /// <summary>The line with a key, the first where there are several, as Darknet takes it.</summary>
    public CfgLine? Find(string key)
    {
        foreach (CfgLine line in Body)
        {
            if (line.Kind == CfgLineKind.Option && line.Key == key)
            {
                return line;
            }
        }

        return null;
    }

    /// <summary>The value of a key, with the lines that go on with it, or null where the section has no such key.</summary>
    public string? Text(string key)
    {
        if (Find(key) is not { } line)
        {
            return null;
        }

        string text = line.Value;
        for (int i = Body.IndexOf(line) + 1; i < Body.Length && Body[i].Kind != CfgLineKind.Option; i++)
        {
            if (Body[i].Kind == CfgLineKind.Continuation)
            {
                text += Body[i].Value;
            }
        }

        return text;
    }

    /// <summary>The value of a key as a word, or the default.</summary>
    public string Word(string key, string otherwise) => Text(key) ?? otherwise;

    /// <summary>The value of a key as a whole number, or the default.</summary>
    public int Integer(string key, int otherwise) => Text(key) is { } text ? ParseInteger(key, text) : otherwise;

    /// <summary>The value of a key as a number, or the default.</summary>
    public double Number(string key, double otherwise) => Text(key) is { } text ? ParseNumber(key, text) : otherwise;

    /// <summary>The whole numbers of a list, or null where the section has no such key.</summary>
    public ImmutableArray<int>? Integers(string key) =>
        Text(key) is { } text ? [.. Items(text).Select(item => ParseInteger(key, item))] : null;

    /// <summary>The numbers of a list, or null where the section has no such key.</summary>
    public ImmutableArray<double>? Numbers(string key) =>
        Text(key) is { } text ? [.. Items(text).Select(item => ParseNumber(key, item))] : null;

    /// <summary>A fault that points at a key's line, or at the header where the key is absent or null.</summary>
    public CfgException Fault(string? key, string problem) => new((key is null ? null : Find(key))?.Number ?? Line, problem);

    /// <summary>The same section with another value for a key. A key that is not there yet follows the header.</summary>
    public CfgSection With(string key, string value)
    {
        if (Find(key) is not { } line)
        {
            // A header at the very end of a file may lack its line ending.
            CfgLine ended = Header.Raw.EndsWith('\n') ? Header : Header with { Raw = Header.Raw + NewLine };
            return new CfgSection(Index, ended, Leading, [CfgLine.Option(key, value, NewLine), .. Body]);
        }

        // The value takes the place of the whole list; comments between the list's lines stay.
        int at = Body.IndexOf(line);
        int end = at + 1;
        while (end < Body.Length && Body[end].Kind != CfgLineKind.Option)
        {
            end++;
        }

        IEnumerable<CfgLine> between = Body[(at + 1)..end].Where(static other => other.Kind != CfgLineKind.Continuation);
        return new CfgSection(Index, Header, Leading, [.. Body[..at], line.WithValue(value), .. between, .. Body[end..]]);
    }

    // A comma at the end is common and means nothing.
    private static IEnumerable<string> Items(string text) =>
        text.TrimEnd(' ', '\t', ',').Split(',').Select(static item => item.Trim(CfgParser.Blanks));

    private int ParseInteger(string key, string text)
    {
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int integer))
        {
            return integer;
        }

        // '3.0' is a whole number to Darknet too.
        double number = ParseNumber(key, text, "a whole number");
        return number == Math.Truncate(number) && Math.Abs(number) <= int.MaxValue
            ? (int)number
            : throw Fault(key, $"[{Name}] has {key} = {text}; it must be a whole number from -2147483647 to 2147483647.");
    }

    private double ParseNumber(string key, string text, string wanted = "a number") =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : throw Fault(key, $"[{Name}] has {key} = {(text.Length == 0 ? "nothing" : $"'{CfgFile.Readable(text)}'")}; it must be {wanted}.");
}
