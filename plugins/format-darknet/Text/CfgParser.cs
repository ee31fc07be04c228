using System.Collections.Immutable;

namespace PluginPrune.FormatDarknet.Text;

/// <summary>Splits the text of a cfg file into sections without losing any of it.</summary>
internal static class CfgParser
{
    private const string Utf8Mark = "\u00EF\u00BB\u00BF";

    // The text is bytes as characters, so that only these few may count as blank: 0xA0 or 0x85 may be half of a letter.
    public static char[] Blanks { get; } = [' ', '\t', '\r', '\n', '\v', '\f'];

    /// <param name="text">The file, one character a byte.</param>
    /// <param name="warn">Takes a sentence about keys that stand twice.</param>
    /// <exception cref="CfgException">A line is nothing that a cfg file has, or there is no [net] at the top.</exception>
    public static CfgDocument Parse(string text, Action<string> warn)
    {
        List<CfgLine> lines = ReadLines(text);
        int[] headers = [.. Enumerable.Range(0, lines.Count).Where(i => lines[i].Kind == CfgLineKind.Header)];
        CheckBeginning(lines, headers);

        var sections = new List<CfgSection>();
        var leading = lines[..headers[0]].ToImmutableArray();
        for (int i = 0; i < headers.Length; i++)
        {
            int start = headers[i] + 1;
            int end = i + 1 < headers.Length ? headers[i + 1] : lines.Count;
            int own = i == 0 && headers.Length > 1 ? end : FindOwnEnd(lines, start, end);
            sections.Add(new CfgSection(i - 1, lines[headers[i]], leading, [.. lines[start..own]]));
            leading = [.. lines[own..end]];
        }

        foreach (CfgSection section in sections)
        {
            WarnOfDuplicates(section, warn);
        }

        return new CfgDocument(sections[0], [.. sections.Skip(1)], leading);
    }

    private static void CheckBeginning(List<CfgLine> lines, int[] headers)
    {
        if (headers.Length == 0)
        {
            throw new CfgException(null, "it has no [section]: it is no Darknet cfg file.");
        }

        if (lines.Find(static line => line.Kind == CfgLineKind.Option) is { } option && option.Number < lines[headers[0]].Number)
        {
            throw new CfgException(option.Number, $"'{CfgFile.Readable(option.Key)}' stands before the first section; a cfg file begins with [net].");
        }

        if (lines[headers[0]].Key is not ("net" or "network"))
        {
            throw new CfgException(lines[headers[0]].Number, $"the first section is [{CfgFile.Readable(lines[headers[0]].Key)}]; it must be [net].");
        }
    }

    // What follows the last option up to a blank line, and the blank lines, are the section's; comments after a blank line
    // lead the next section, and go with it when it goes.
    private static int FindOwnEnd(List<CfgLine> lines, int start, int end)
    {
        int own = end;
        while (own > start && lines[own - 1].Kind is CfgLineKind.Blank or CfgLineKind.Comment)
        {
            own--;
        }

        while (own < end && lines[own].Kind == CfgLineKind.Comment)
        {
            own++;
        }

        while (own < end && lines[own].Kind == CfgLineKind.Blank)
        {
            own++;
        }

        return own;
    }

    private static List<CfgLine> ReadLines(string text)
    {
        var lines = new List<CfgLine>();
        bool isListOpen = false;
        int start = 0;
        while (start < text.Length)
        {
            int end = FindLineEnd(text, start);
            string raw = text[start..end];
            CfgLine line = Classify(raw, start == 0 && raw.StartsWith(Utf8Mark, StringComparison.Ordinal) ? Utf8Mark.Length : 0, lines.Count + 1, isListOpen);
            lines.Add(line);
            isListOpen = line.Kind switch
            {
                CfgLineKind.Option or CfgLineKind.Continuation => line.Value.EndsWith(','),
                CfgLineKind.Header => false,
                _ => isListOpen,
            };
            start = end;
        }

        return lines;
    }

    private static int FindLineEnd(string text, int start)
    {
        int at = text.AsSpan(start).IndexOfAny('\r', '\n');
        if (at < 0)
        {
            return text.Length;
        }

        at += start;
        return text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? at + 2 : at + 1;
    }

    private static CfgLine Classify(string raw, int from, int number, bool isListOpen)
    {
        int comment = raw.AsSpan(from).IndexOfAny('#', ';');
        int contentEnd = comment < 0 ? raw.Length : from + comment;
        Range content = Trim(raw, from, contentEnd);
        string text = raw[content];
        if (text.Length == 0)
        {
            return new CfgLine(raw, comment < 0 ? CfgLineKind.Blank : CfgLineKind.Comment, number);
        }

        if (text[0] == '[')
        {
            return text[^1] == ']' && text.IndexOf(']') == text.Length - 1
                ? new CfgLine(raw, CfgLineKind.Header, number) { Key = text[1..^1].Trim(Blanks) }
                : throw new CfgException(number, $"'{CfgFile.Readable(text)}' begins like a section; it must be a name in brackets and nothing more.");
        }

        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0)
        {
            return new CfgLine(raw, CfgLineKind.Option, number)
            {
                Key = text[..equals].TrimEnd(Blanks),
                ValueRange = Trim(raw, content.Start.Value + equals + 1, content.End.Value),
            };
        }

        return equals < 0 && isListOpen
            ? new CfgLine(raw, CfgLineKind.Continuation, number) { ValueRange = content }
            : throw new CfgException(number, $"'{CfgFile.Readable(text)}' is neither a [section] nor key = value nor a comment.");
    }

    private static Range Trim(string raw, int start, int end)
    {
        while (start < end && Array.IndexOf(Blanks, raw[start]) >= 0)
        {
            start++;
        }

        while (end > start && Array.IndexOf(Blanks, raw[end - 1]) >= 0)
        {
            end--;
        }

        return start..end;
    }

    private static void WarnOfDuplicates(CfgSection section, Action<string> warn)
    {
        var seen = new Dictionary<string, CfgLine>(StringComparer.Ordinal);
        foreach (CfgLine line in section.Body.Where(static line => line.Kind == CfgLineKind.Option))
        {
            if (!seen.TryAdd(line.Key, line))
            {
                warn($"Line {line.Number}: [{section.Name}] has '{CfgFile.Readable(line.Key)}' twice; the first, in line {seen[line.Key].Number}, counts, as in Darknet.");
            }
        }
    }
}
