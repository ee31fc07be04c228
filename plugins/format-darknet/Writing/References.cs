using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PluginPrune.FormatDarknet.Text;

namespace PluginPrune.FormatDarknet.Writing;

/// <summary>Lists of layer indexes as text.</summary>
internal static class References
{
    /// <summary>Puts numbers into the place of those of a text, so that its commas and blanks stay.</summary>
    public static string Replace(string? text, ImmutableArray<int> old, ImmutableArray<int> values)
    {
        if (text is null || old.Length != values.Length)
        {
            return string.Join(text?.Contains(", ", StringComparison.Ordinal) == true ? ", " : ",", values.Select(Text));
        }

        var result = new StringBuilder();
        string[] items = text.Split(',');
        for (int i = 0; i < items.Length; i++)
        {
            string trimmed = items[i].Trim(CfgParser.Blanks);
            int start = trimmed.Length == 0 ? 0 : items[i].IndexOf(trimmed, StringComparison.Ordinal);
            result.Append(i > 0 ? "," : string.Empty)
                .Append(items[i].AsSpan(0, start))
                .Append(i < values.Length && values[i] != old[i] ? Text(values[i]) : trimmed)
                .Append(items[i].AsSpan(start + trimmed.Length));
        }

        return result.ToString();
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
