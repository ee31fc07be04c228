using System.Globalization;
using PluginPrune.FormatDarknet.Text;

namespace PluginPrune.FormatDarknet.Writing;

/// <summary>What a section must say, directly or by its default.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value.</param>
/// <param name="Default">What holds where the section lacks the key; null where it must be there.</param>
internal sealed record Setting(string Key, string Value, string? Default = null)
{
    /// <summary>Whether all numbers but 0 mean the same.</summary>
    public bool IsSwitch { get; init; }

    /// <summary>Whether a new section says it even where it is the default, because readers expect to see it.</summary>
    public bool IsAlwaysWritten { get; init; }

    /// <summary>Changes a section where it says something else, and only there.</summary>
    public CfgSection ApplyTo(CfgSection section) =>
        (section.Text(Key) ?? Default) is { } current && IsSame(current) ? section : section.With(Key, Value);

    /// <summary>Whether a new section needs a line for it.</summary>
    public bool IsNeeded => Default is null || IsAlwaysWritten || !IsSame(Default);

    private bool IsSame(string current)
    {
        if (!TryNumber(current, out double left) || !TryNumber(Value, out double right))
        {
            return current == Value;
        }

        return IsSwitch ? (left != 0) == (right != 0) : left == right;
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}
