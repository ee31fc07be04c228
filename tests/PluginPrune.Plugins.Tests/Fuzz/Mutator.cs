using System.Text;
using System.Text.RegularExpressions;

namespace PluginPrune.Plugins.Tests.Fuzz;

/// <summary>Spoils real files in the ways in which files are spoilt: by machines, editors and people.</summary>
/// <param name="random">Decides everything.</param>
internal sealed partial class Mutator(Random random)
{
    private const int MostMutations = 4;

    // More cannot be meant, and bounds stay bounds.
    private const int LongestInput = 1 << 18;

    private static readonly string[] Extremes =
    [
        "0", "-1", "1", "2", "7", "2147483647", "2147483648", "-2147483648", "-2147483649", "4294967296", "9223372036854775808", "99999999999999999999",
        "1e309", "-1e309", "1e-400", "1e9", "3.0", "0.5", "NaN", "inf", "", " ", "0x10", "1,2", "1-3", "--1", "\u0663",
    ];

    /// <summary>One to four spoilings of an input.</summary>
    public byte[] Mutate(byte[] input)
    {
        byte[] bytes = input;
        for (int i = random.Next(1, MostMutations + 1); i > 0; i--)
        {
            bytes = MutateOnce(bytes);
        }

        return bytes.Length <= LongestInput ? bytes : bytes[..LongestInput];
    }

    [GeneratedRegex(@"-?\d+(\.\d+)?([eE][-+]?\d+)?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NumberPattern();

    [GeneratedRegex("[A-Za-z_][A-Za-z_0-9-]*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WordPattern();

    [GeneratedRegex(@"(?m)^\[", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SectionPattern();

    private byte[] MutateOnce(byte[] bytes) => random.Next(14) switch
    {
        0 => FlipBit(bytes),
        1 => Splice(bytes, RandomBytes(1, 9), isReplacing: false),
        2 => Splice(bytes, RandomBytes(1, 9), isReplacing: true),
        3 => Splice(bytes, [], isReplacing: true),
        4 => Splice(bytes, Piece(bytes), isReplacing: false),
        5 => bytes[..random.Next(bytes.Length + 1)],
        6 => Lines(bytes, static (lines, i, j) => (lines[i], lines[j]) = (lines[j], lines[i])),
        7 => Lines(bytes, static (lines, i, j) => lines.Insert(j, lines[i])),
        8 => Lines(bytes, static (lines, i, _) => lines.RemoveAt(i)),
        9 or 10 or 11 => ReplaceMatch(bytes, NumberPattern(), _ => Extremes[random.Next(Extremes.Length)]),
        12 => ReplaceMatch(bytes, WordPattern(), matches => matches[random.Next(matches.Count)].Value),
        _ => CopySection(bytes),
    };

    private byte[] FlipBit(byte[] bytes)
    {
        if (bytes.Length == 0)
        {
            return bytes;
        }

        byte[] copy = [.. bytes];
        copy[random.Next(copy.Length)] ^= (byte)(1 << random.Next(8));
        return copy;
    }

    private byte[] RandomBytes(int least, int below)
    {
        byte[] bytes = new byte[random.Next(least, below)];
        random.NextBytes(bytes);
        return bytes;
    }

    private byte[] Piece(byte[] bytes)
    {
        int start = random.Next(bytes.Length + 1);
        return bytes[start..(start + random.Next(Math.Min(bytes.Length - start, 400) + 1))];
    }

    private byte[] Splice(byte[] bytes, byte[] with, bool isReplacing)
    {
        int start = random.Next(bytes.Length + 1);
        int end = isReplacing ? start + random.Next(Math.Min(bytes.Length - start, 40) + 1) : start;
        return [.. bytes[..start], .. with, .. bytes[end..]];
    }

    private byte[] Lines(byte[] bytes, Action<List<string>, int, int> change)
    {
        List<string> lines = [.. Encoding.Latin1.GetString(bytes).Split('\n')];
        change(lines, random.Next(lines.Count), random.Next(lines.Count));
        return Encoding.Latin1.GetBytes(string.Join('\n', lines));
    }

    private byte[] ReplaceMatch(byte[] bytes, Regex pattern, Func<MatchCollection, string> make)
    {
        string text = Encoding.Latin1.GetString(bytes);
        MatchCollection matches = pattern.Matches(text);
        if (matches.Count == 0)
        {
            return bytes;
        }

        Match match = matches[random.Next(matches.Count)];
        return Encoding.Latin1.GetBytes(string.Concat(text.AsSpan(0, match.Index), make(matches), text.AsSpan(match.Index + match.Length)));
    }

    private byte[] CopySection(byte[] bytes)
    {
        string text = Encoding.Latin1.GetString(bytes);
        int[] starts = [.. SectionPattern().Matches(text).Select(static match => match.Index), text.Length];
        if (starts.Length < 2)
        {
            return Splice(bytes, Piece(bytes), isReplacing: false);
        }

        int from = random.Next(starts.Length - 1);
        int to = starts[random.Next(starts.Length)];
        return Encoding.Latin1.GetBytes(string.Concat(text.AsSpan(0, to), text.AsSpan(starts[from], starts[from + 1] - starts[from]), text.AsSpan(to)));
    }
}
