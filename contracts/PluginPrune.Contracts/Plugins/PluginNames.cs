namespace PluginPrune.Contracts.Plugins;

/// <summary>How plugins and their contributions may be called. The manifest's writer and the host's reader share these rules.</summary>
public static class PluginNames
{
    /// <summary>The longest name, so that a list stays readable.</summary>
    public const int MaximumLength = 64;

    /// <summary>Whether a text is a name in kebab-case: lower-case letters and digits, words joined by single dashes, a letter first.</summary>
    /// <param name="text">For instance 'bn-mean'.</param>
    public static bool IsKebabCase(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length is 0 or > MaximumLength || !char.IsAsciiLetterLower(text[0]) || text[^1] == '-')
        {
            return false;
        }

        for (int i = 1; i < text.Length; i++)
        {
            bool isDash = text[i] == '-';
            if ((!isDash && !char.IsAsciiLetterLower(text[i]) && !char.IsAsciiDigit(text[i])) || (isDash && text[i - 1] == '-'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a text is the id of a plugin: publisher.name, both in kebab-case.</summary>
    /// <param name="text">For instance 'acme.taylor'.</param>
    public static bool IsPluginId(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && IsKebabCase(text[..dot]) && IsKebabCase(text[(dot + 1)..]);
    }

    /// <summary>Whether a text can be another spelling of an option: letters, digits, dashes and underscores.</summary>
    /// <param name="text">For instance 'global_percent' or 's'.</param>
    public static bool IsAlias(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is > 0 and <= MaximumLength
            && char.IsAsciiLetter(text[0])
            && text.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
    }

    /// <summary>Whether a text can be a marker of a dataset's folder: names joined by '/', none of them empty, '.' or '..'.</summary>
    /// <param name="text">For instance 'annotations/*.json'.</param>
    public static bool IsMarker(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return !text.Contains('\\', StringComparison.Ordinal) && text.Split('/').All(static name => name is not ("" or "." or ".."));
    }

    /// <summary>The key under which a manifest lists contributions of a kind, for instance 'blockCriteria'.</summary>
    /// <param name="kind">The kind.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such kind.</exception>
    public static string ManifestKey(ContributionKind kind) => kind switch
    {
        ContributionKind.Criterion => "criteria",
        ContributionKind.BlockCriterion => "blockCriteria",
        ContributionKind.Format => "formats",
        ContributionKind.Head => "heads",
        ContributionKind.Engine => "engines",
        ContributionKind.Dataset => "datasets",
        ContributionKind.Evaluator => "evaluators",
        ContributionKind.Scheduler => "schedulers",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of contribution."),
    };
}
