using System.Collections.Immutable;

namespace PluginPrune.Core.Plugins;

/// <summary>What somebody who mistyped a name may have meant.</summary>
public static class NearestNames
{
    private const int MaximumSuggestions = 3;

    /// <summary>Names that are a few slips away: letters left out, added, changed, or two neighbours swapped.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="known">What there is.</param>
    /// <returns>At most three, nearest first.</returns>
    public static ImmutableArray<string> Of(string typed, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(typed);

        // Up to a third may be wrong: more, and everything short is near everything else.
        int limit = Math.Max(1, typed.Length / 3);
        return
        [
            .. known
                .Select(name => (Name: name, Distance: Distance(typed, name)))
                .Where(pair => pair.Distance <= limit)
                .OrderBy(static pair => pair.Distance)
                .ThenBy(static pair => pair.Name, StringComparer.Ordinal)
                .Take(MaximumSuggestions)
                .Select(static pair => pair.Name),
        ];
    }

    /// <summary>The Damerau-Levenshtein distance (optimal string alignment) of two texts, case aside.</summary>
    /// <param name="left">A text.</param>
    /// <param name="right">Another.</param>
    public static int Distance(string left, string right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        string a = left.ToUpperInvariant();
        string b = right.ToUpperInvariant();
        int[,] cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    cost[i, j] = i + j;
                    continue;
                }

                int change = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(change, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[a.Length, b.Length];
    }
}
