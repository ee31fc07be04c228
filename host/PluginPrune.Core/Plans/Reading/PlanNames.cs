using System.Collections.Immutable;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Core.Plans;

/// <summary>Names from a plan's file in messages.</summary>
internal static class PlanNames
{
    private const int MaximumShown = 60;

    /// <summary>A text in quotes, shortened, without what would confuse a terminal.</summary>
    public static string Quote(string text) => $"'{Clean(text, MaximumShown)}'";

    /// <summary>A text, shortened, without what would confuse a terminal.</summary>
    public static string Clean(string text, int maximum)
    {
        string shown = text.Length > maximum ? text[..maximum] + "..." : text;
        return shown.Any(char.IsControl) ? string.Concat(shown.Select(static letter => char.IsControl(letter) ? '?' : letter)) : shown;
    }

    /// <summary>The names that may have been meant, as ' Did you mean ...?', or nothing.</summary>
    public static string Hint(string typed, IEnumerable<string> known)
    {
        if (typed.Length is 0 or > MaximumShown)
        {
            return string.Empty;
        }

        ImmutableArray<string> near = NearestNames.Of(typed, known.Where(static name => name.Length <= MaximumShown));
        return near.IsEmpty ? string.Empty : $" Did you mean {string.Join(" or ", near.Select(Quote))}?";
    }
}
