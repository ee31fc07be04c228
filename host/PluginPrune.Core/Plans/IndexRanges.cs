using System.Globalization;
using System.Text;

namespace PluginPrune.Core.Plans;

/// <summary>Channel indexes as people write them: '0-3 7 9-12'.</summary>
internal static class IndexRanges
{
    private static readonly char[] Separators = [' ', ',', '\t', '\r', '\n'];

    /// <summary>The indexes at which a mask is true.</summary>
    public static string Format(IReadOnlyList<bool> mask)
    {
        var text = new StringBuilder();
        for (int i = 0; i < mask.Count; i++)
        {
            if (!mask[i])
            {
                continue;
            }

            int first = i;
            while (i + 1 < mask.Count && mask[i + 1])
            {
                i++;
            }

            text.Append(text.Length == 0 ? string.Empty : " ").Append(CultureInfo.InvariantCulture, $"{first}");
            if (i > first)
            {
                text.Append(CultureInfo.InvariantCulture, $"-{i}");
            }
        }

        return text.ToString();
    }

    /// <summary>Fills a mask.</summary>
    /// <param name="text">Indexes and ranges between blanks or commas.</param>
    /// <param name="size">How long the mask is.</param>
    /// <returns>The mask, or what is wrong with the text.</returns>
    public static (bool[]? Mask, string? Fault) Parse(string text, int size)
    {
        bool[] mask = new bool[size];
        foreach (string part in text.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            string[] ends = part.Split('-', 3);
            if (ends.Length > 2 || Number(ends[0]) is not { } first || Number(ends[^1]) is not { } last)
            {
                return (null, $"{PlanNames.Quote(part)} is neither an index such as 7 nor a range such as 9-12");
            }

            if (first > last)
            {
                return (null, $"{PlanNames.Quote(part)} runs backwards; a range goes up, as in '{ends[^1]}-{ends[0]}'");
            }

            if (last >= size)
            {
                return (null, string.Create(
                    CultureInfo.InvariantCulture, $"{PlanNames.Quote(part)} is beyond the last of {size} channels, which are counted from 0 to {size - 1}"));
            }

            Array.Fill(mask, true, first, last - first + 1);
        }

        return (mask, null);
    }

    /// <summary>What digits stand for; more than fits is the largest number, which no network has. Null for other texts.</summary>
    private static int? Number(string digits) =>
        digits.Length == 0 || digits.AsSpan().ContainsAnyExceptInRange('0', '9') ? null
        : int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
        : int.MaxValue;
}
