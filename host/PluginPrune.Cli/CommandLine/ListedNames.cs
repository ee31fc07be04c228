using System.Collections.Immutable;

namespace PluginPrune.Cli.CommandLine;

/// <summary>Names that an option takes with commas between them.</summary>
internal static class ListedNames
{
    /// <exception cref="UsageException">Nothing is named, or a place between commas is empty.</exception>
    public static ImmutableArray<string> Of(string text)
    {
        string[] items = text.Split(',', StringSplitOptions.TrimEntries);
        return items.Length == 1 && items[0].Length == 0 ? throw new UsageException("it names nothing.")
            : Array.Exists(items, static item => item.Length == 0) ? throw new UsageException($"'{text}' has an empty place between its commas.")
            : [.. items];
    }
}
