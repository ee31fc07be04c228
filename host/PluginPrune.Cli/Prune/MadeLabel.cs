using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Core.Pruning;
using PluginPrune.Core.Surgery;

namespace PluginPrune.Cli.Prune;

/// <summary>How a plan was made, in the words that a person would use; what is as usual is left out. In a plan from a file anything may be missing.</summary>
internal static class MadeLabel
{
    /// <summary>For instance 'pruned by slim (global-percent 0.8, layer-keep 0.01), 8 blocks removed by bn-mean, channels first'.</summary>
    public static string Of(ImmutableSortedDictionary<string, string> made)
    {
        if (made.TryGetValue("plan", out string? plan))
        {
            return string.Join(", ", [$"pruned by the plan {plan}", .. Changes(made)]);
        }

        var parts = new List<string>();
        if (made.TryGetValue("drop-level", out string? levels))
        {
            parts.Add($"without level {levels}");
        }

        if (made.TryGetValue("classes", out string? classes))
        {
            parts.Add($"classes {classes} alone");
        }

        string criterion = made.GetValueOrDefault("criterion", "none");
        bool hasCriterion = criterion != "none";
        if (hasCriterion && made.TryGetValue("rates-from", out string? curves))
        {
            string drop = made.GetValueOrDefault("max-drop") ?? Short(made.GetValueOrDefault("criterion.max-drop", string.Empty));
            parts.Add($"pruned by {ShortName(criterion)}, each group as far as {curves} allows{(drop.Length == 0 ? string.Empty : $" for a drop of {drop}")}");
        }
        else if (hasCriterion)
        {
            string options = string.Join(
                ", ", made.Where(static pair => pair.Key.StartsWith("criterion.", StringComparison.Ordinal)).Select(static pair => $"{pair.Key["criterion.".Length..]} {Short(pair.Value)}"));
            parts.Add("pruned by " + ShortName(criterion) + (options.Length == 0 ? string.Empty : $" ({options})"));
        }

        if (made.TryGetValue("blocks", out string? blocks))
        {
            parts.Add($"{blocks} {(blocks == "1" ? "block" : "blocks")} removed by {ShortName(made.GetValueOrDefault("blockCriterion", "hand"))}");
            if (hasCriterion && made.TryGetValue("order", out string? order))
            {
                parts.Add(order);
            }
        }

        foreach ((string name, string value) in made.Where(static pair => pair.Key.StartsWith("to-", StringComparison.Ordinal)))
        {
            parts.Add($"{name} {value}");
        }

        if (made.GetValueOrDefault("scope", "full") is not "full" and var scope)
        {
            parts.Add($"scope {scope}");
        }

        if (made.TryGetValue("keep", out string? kept))
        {
            parts.Add($"keeping {kept}");
        }

        if (made.GetValueOrDefault("roundTo", "1") is not "1" and var multiple)
        {
            parts.Add($"multiples of {multiple}");
        }

        if (made.ContainsKey(PruneRun.FreeRate))
        {
            parts.Add("as far as it is free");
        }

        parts.AddRange(Changes(made));
        if (made.TryGetValue("fold", out string? fold) && fold != FoldingModes.NameOf(FoldingMode.Standard))
        {
            parts.Add($"folding {fold}");
        }

        return parts.Count == 0 ? "nothing pruned" : string.Join(", ", parts);
    }

    /// <summary>What was done to the network beside its plan.</summary>
    private static IEnumerable<string> Changes(ImmutableSortedDictionary<string, string> made)
    {
        if (made.TryGetValue("activation", out string? activation))
        {
            yield return $"activation {activation}";
        }

        if (made.ContainsKey("recalibrate"))
        {
            yield return "recalibrated";
        }

        if (made.ContainsKey("reconstruct"))
        {
            yield return "reconstructed";
        }
    }

    /// <summary>A rate that was searched for has more digits than a person wants to read.</summary>
    private static string Short(string value) =>
        value.Length > 8 && value.Contains('.', StringComparison.Ordinal) && double.TryParse(value, CultureInfo.InvariantCulture, out double number) ? number.ToString("0.0000", CultureInfo.InvariantCulture) : value;

    private static string ShortName(string fullName) => fullName[(fullName.LastIndexOf('/') + 1)..];
}
