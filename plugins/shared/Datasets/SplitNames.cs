using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;

namespace PluginPrune.Shared.Datasets;

/// <summary>How people call the parts of a dataset.</summary>
internal static class SplitNames
{
    /// <summary>All parts together.</summary>
    public const string All = "all";

    private static readonly string[][] Spellings =
    [
        [DatasetSource.Validation, "valid", "validation"],
        [DatasetSource.Training, "training"],
        [DatasetSource.Test, "testing"],
    ];

    /// <summary>The spellings of a part, the given one first; for instance 'val', 'valid', 'validation'.</summary>
    public static IEnumerable<string> Of(string split) =>
        Spellings.FirstOrDefault(group => group.Contains(split, StringComparer.OrdinalIgnoreCase)) is { } known
            ? known.Prepend(split).Distinct(StringComparer.OrdinalIgnoreCase)
            : [split];

    /// <summary>Whether a name is that of a usual part, perhaps with a year behind it, for instance 'val2017'.</summary>
    public static bool IsUsual(string name) => Spellings.Any(group => group.Any(spelling => Means(name, spelling)));

    /// <summary>The name that means a part: the very one, else another spelling, else one with a year behind it; null for none.</summary>
    public static string? Find(IReadOnlyCollection<string> names, string split) =>
        Of(split).Select(spelling => names.FirstOrDefault(name => string.Equals(name, spelling, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(static name => name is not null)
        ?? Of(split).Select(spelling => names.FirstOrDefault(name => Means(name, spelling))).FirstOrDefault(static name => name is not null);

    /// <summary>The part that is to be read of a dataset that is divided.</summary>
    /// <param name="names">The parts; at least one.</param>
    /// <param name="source">What is asked for: not all of them.</param>
    /// <param name="place">Where the parts are told.</param>
    /// <exception cref="InputException">There is no such part.</exception>
    public static string Choose(IReadOnlyCollection<string> names, DatasetSource source, string place)
    {
        if (Find(names, source.Split) is { } part)
        {
            return part;
        }

        string[] sorted = [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (sorted is not [var only] || source.IsSplitNamed)
        {
            throw new InputException(UserPath.Of(place), null, $"it has no part '{source.Split}'; it has {string.Join(", ", sorted)}. Say --split NAME.") { IsPartMissing = true };
        }

        source.Warn($"{UserPath.Of(place)} has one part alone, '{only}', and no '{source.Split}': '{only}' is taken.");
        return only;
    }

    private static bool Means(string name, string spelling) =>
        name.StartsWith(spelling, StringComparison.OrdinalIgnoreCase) && name.AsSpan(spelling.Length).TrimStart("-_").IndexOfAnyExceptInRange('0', '9') < 0;
}
