using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace PluginPrune.FormatOnnx.Reading.Interface;

/// <summary>Names of classes as files spell them: a JSON list, or a list or dictionary of Python, {0: 'person', 1: 'car'}.</summary>
internal static class ClassNameText
{
    private const int Most = 100_000;

    /// <returns>The names in their order; none where the text is something else.</returns>
    public static ImmutableArray<string> Parse(string text)
    {
        string body = text.Trim();
        if (body is not (['[', .., ']'] or ['{', .., '}']))
        {
            return [];
        }

        var names = new SortedDictionary<int, string>();
        int at = 1;
        while (at < body.Length - 1 && names.Count < Most)
        {
            int quote = body.AsSpan(at).IndexOfAny('\'', '"');
            if (quote < 0)
            {
                break;
            }

            string key = body.Substring(at, quote).Trim(' ', ',', ':', '\n', '\t');
            int index = body[0] == '{' ? int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out int said) ? said : -1 : names.Count;
            at += quote;
            if (index < 0 || ReadQuoted(body, ref at) is not { } name || !names.TryAdd(index, name))
            {
                return [];
            }
        }

        return names.Keys.SequenceEqual(Enumerable.Range(0, names.Count)) ? [.. names.Values] : [];
    }

    private static string? ReadQuoted(string body, ref int at)
    {
        char quote = body[at++];
        var name = new StringBuilder();
        while (at < body.Length && body[at] != quote)
        {
            if (body[at] != '\\')
            {
                name.Append(body[at++]);
                continue;
            }

            if (++at == body.Length)
            {
                return null;
            }

            if (body[at] is 'u' && at + 5 <= body.Length && ushort.TryParse(body.AsSpan(at + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ushort code))
            {
                name.Append((char)code);
                at += 5;
            }
            else
            {
                name.Append(body[at] switch { 'n' => '\n', 't' => '\t', var other => other });
                at++;
            }
        }

        return at++ < body.Length ? name.ToString() : null;
    }
}
