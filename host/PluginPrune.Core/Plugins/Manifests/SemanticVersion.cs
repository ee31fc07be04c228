using System.Globalization;

namespace PluginPrune.Core.Plugins;

/// <summary>A version after Semantic Versioning 2.0.0: major.minor.patch, then -prerelease and +build where there are any.</summary>
public sealed record SemanticVersion
{
    private readonly string[] _prerelease;

    private SemanticVersion(string text, int[] core, string[] prerelease)
    {
        Text = text;
        Core = core;
        _prerelease = prerelease;
    }

    /// <summary>The version as it was written.</summary>
    public string Text { get; }

    private int[] Core { get; }

    /// <summary>Reads a version.</summary>
    /// <param name="text">For instance '1.2.0-rc.1'.</param>
    /// <returns>The version, or null where the text is none.</returns>
    public static SemanticVersion? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int plus = text.IndexOf('+', StringComparison.Ordinal);
        string rest = plus < 0 ? text : text[..plus];
        if (plus >= 0 && !text[(plus + 1)..].Split('.').All(IsIdentifier))
        {
            return null;
        }

        int dash = rest.IndexOf('-', StringComparison.Ordinal);
        string[] prerelease = dash < 0 ? [] : rest[(dash + 1)..].Split('.');
        string[] parts = (dash < 0 ? rest : rest[..dash]).Split('.');
        int[] core = new int[3];
        if (parts.Length != 3 || !prerelease.All(static part => IsIdentifier(part) && (!IsNumeric(part) || IsNumber(part))))
        {
            return null;
        }

        for (int i = 0; i < core.Length; i++)
        {
            if (!IsNumber(parts[i]) || !int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out core[i]))
            {
                return null;
            }
        }

        return new SemanticVersion(text, core, prerelease);
    }

    /// <summary>Which of two versions comes first; +build does not count.</summary>
    /// <param name="left">A version.</param>
    /// <param name="right">Another.</param>
    /// <returns>Below 0 where the left one is lower, 0 where they are equal.</returns>
    public static int Compare(SemanticVersion left, SemanticVersion right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        int order = left.Core.AsSpan().SequenceCompareTo(right.Core);
        return order != 0 ? order : ComparePrerelease(left._prerelease, right._prerelease);
    }

    /// <inheritdoc />
    public override string ToString() => Text;

    /// <summary>Two versions are equal where neither comes first.</summary>
    /// <param name="other">Another version.</param>
    public bool Equals(SemanticVersion? other) => other is not null && Compare(this, other) == 0;

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Core[0], Core[1], Core[2], _prerelease.Length);

    private static int ComparePrerelease(string[] left, string[] right)
    {
        // A version without a prerelease is the release and comes after all of them.
        if (left.Length == 0 || right.Length == 0)
        {
            return right.Length - left.Length;
        }

        for (int i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            int order = CompareIdentifier(left[i], right[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return left.Length - right.Length;
    }

    private static int CompareIdentifier(string left, string right)
    {
        if (IsNumeric(left) != IsNumeric(right))
        {
            return IsNumeric(left) ? -1 : 1;
        }

        // Numbers have no leading zeros, so the longer one is the larger.
        return IsNumeric(left) && left.Length != right.Length ? left.Length - right.Length : string.CompareOrdinal(left, right);
    }

    private static bool IsIdentifier(string text) =>
        text.Length > 0 && text.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');

    private static bool IsNumeric(string text) => text.All(char.IsAsciiDigit);

    private static bool IsNumber(string text) => text.Length > 0 && IsNumeric(text) && (text.Length == 1 || text[0] != '0');
}
