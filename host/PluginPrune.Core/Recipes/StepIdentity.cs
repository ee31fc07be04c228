using System.Collections.Immutable;

namespace PluginPrune.Core.Recipes;

/// <summary>All that the result of a step depends on: two runs of one identity come to the same.</summary>
/// <param name="Arguments">The command line, with paths below the recipe's folder written without it.</param>
/// <param name="Facts">What the arguments do not tell, such as the hashes of the files that they name: by a name for people.</param>
public sealed record StepIdentity(ImmutableArray<string> Arguments, ImmutableSortedDictionary<string, string> Facts)
{
    /// <summary>
    /// What the facts begin with that tell versions of plugins. One that came in or has gone is no difference: a command knows more
    /// plugins than it uses, and one that it needs and that is gone it will miss.
    /// </summary>
    public const string VersionOf = "the version of ";

    /// <summary>What differs, in words for people; null where nothing does.</summary>
    /// <param name="before">What it was when the step was done.</param>
    public string? DifferenceFrom(StepIdentity before)
    {
        ArgumentNullException.ThrowIfNull(before);
        string[] differences =
        [
            .. Options(before.Arguments, Arguments),
            .. before.Facts.Keys.Union(Facts.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Where(name => before.Facts.GetValueOrDefault(name) != Facts.GetValueOrDefault(name))
                .Where(name => !name.StartsWith(VersionOf, StringComparison.Ordinal) || (before.Facts.ContainsKey(name) && Facts.ContainsKey(name)))
                .Select(name => Fact(name, before.Facts.GetValueOrDefault(name), Facts.GetValueOrDefault(name))),
        ];
        return differences.Length == 0 ? null : string.Join("; ", differences);
    }

    private static string Fact(string name, string? before, string? now) => (before, now) switch
    {
        // Hashes say nothing to people, versions do.
        ({ Length: < 20 }, { Length: < 20 }) => $"{name} is {now}, was {before}",
        (null, _) => $"{name} came in",
        (_, null) => $"{name} has gone",
        _ => $"{name} has changed",
    };

    private static IEnumerable<string> Options(ImmutableArray<string> before, ImmutableArray<string> now)
    {
        Dictionary<string, string> old = Named(before);
        Dictionary<string, string> present = Named(now);
        foreach (string name in old.Keys.Union(present.Keys, StringComparer.Ordinal))
        {
            (string? was, string? value) = (old.GetValueOrDefault(name), present.GetValueOrDefault(name));
            if (was != value)
            {
                yield return (was, value) switch
                {
                    (null, "") => $"{name} is given, was not",
                    (null, _) => $"{name} is {value}, was not given",
                    ("", null) => $"{name} is not given, was",
                    (_, null) => $"{name} is not given, was {was}",
                    _ => $"{name} is {value}, was {was}",
                };
            }
        }
    }

    /// <summary>The command under an empty name, and every option with its values; --set under its own for each that it sets.</summary>
    private static Dictionary<string, string> Named(ImmutableArray<string> arguments)
    {
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        string name = "the command";
        foreach (string word in arguments)
        {
            if (word.StartsWith("--", StringComparison.Ordinal))
            {
                name = word;
                named[name] = string.Empty;
            }
            else if (name == "--set")
            {
                string[] pair = word.Split('=', 2);
                named.Remove(name);
                named[pair[0]] = pair[^1];
            }
            else
            {
                named[name] = named.GetValueOrDefault(name) is { Length: > 0 } others ? $"{others} {word}" : word;
            }
        }

        return named;
    }
}
