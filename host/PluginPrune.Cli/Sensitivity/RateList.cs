using System.Collections.Immutable;
using System.Globalization;

namespace PluginPrune.Cli.Sensitivity;

/// <summary>Rates as people write them: '0.3,0.5', '30%,50%', '0.1..0.9' in steps of 0.1, '0.5..0.9/0.05'.</summary>
internal static class RateList
{
    private const decimal Step = 0.1m;
    private const int Most = 100;

    /// <summary>The rates, ascending, each once; null where the text is no such list.</summary>
    public static ImmutableArray<double>? Parse(string text)
    {
        var rates = new SortedSet<decimal>();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] ends = part.Split("..");
            string[] last = ends[^1].Split('/');
            if (ends.Length > 2 || last.Length > 2 || (last.Length == 2 && ends.Length == 1) || Rate(ends[0]) is not { } from || Rate(last[0]) is not { } to)
            {
                return null;
            }

            if ((last.Length == 2 ? Rate(last[1]) : Step) is not { } step || to < from || (to - from) / step > Most)
            {
                return null;
            }

            for (decimal rate = from; rate <= to; rate += step)
            {
                rates.Add(rate);
            }
        }

        return rates.Count is > 0 and <= Most ? [.. rates.Select(static rate => (double)rate)] : null;
    }

    private static decimal? Rate(string text)
    {
        bool isPercent = text.EndsWith('%');
        return decimal.TryParse(isPercent ? text[..^1] : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            && (isPercent ? number / 100 : number) is > 0 and <= 1 and var rate
            ? rate
            : null;
    }
}
