using System.Globalization;

namespace PluginPrune.Core.Plans;

/// <summary>A bound on a cost: a share of the whole, or a number.</summary>
public sealed record BudgetBound
{
    // The largest first, so that 'MiB' is not taken for 'B'.
    private static readonly (string Suffix, double Factor)[] Units =
    [
        ("KIB", 1024), ("MIB", 1024 * 1024), ("GIB", 1024.0 * 1024 * 1024), ("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("K", 1e3), ("M", 1e6), ("G", 1e9), ("B", 1),
    ];

    private BudgetBound(double value, bool isShare)
    {
        Value = value;
        IsShare = isShare;
    }

    /// <summary>A share of 0 to 1, or a number.</summary>
    public double Value { get; }

    /// <summary>Whether it is a share of the whole.</summary>
    public bool IsShare { get; }

    /// <summary>Reads '50%', '300000', '2.5G', '1.2MB' or '800KiB'.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The bound, or null where the text is none: not a number, not above 0, less than one, or a share above 100 %.</returns>
    public static BudgetBound? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string trimmed = text.Trim().ToUpperInvariant();
        if (trimmed.EndsWith('%'))
        {
            return Number(trimmed[..^1]) is { } percent and > 0 and <= 100 ? new BudgetBound(percent / 100, isShare: true) : null;
        }

        foreach ((string suffix, double factor) in Units)
        {
            if (trimmed.EndsWith(suffix, StringComparison.Ordinal))
            {
                return Number(trimmed[..^suffix.Length]) is { } scaled ? OfNumber(scaled * factor) : null;
            }
        }

        return Number(trimmed) is { } number ? OfNumber(number) : null;
    }

    /// <summary>The bound as a number.</summary>
    /// <param name="whole">The cost of the whole network.</param>
    public long Of(long whole) => (long)Math.Min(long.MaxValue / 2, Math.Floor(IsShare ? Value * whole : Value));

    /// <summary>As people write it.</summary>
    public override string ToString() =>
        IsShare ? string.Create(CultureInfo.InvariantCulture, $"{Value * 100:0.##} % of the") : Value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Half a FLOP is none: who writes 0.5 means a share.</summary>
    private static BudgetBound? OfNumber(double number) => number >= 1 && double.IsFinite(number) ? new BudgetBound(number, isShare: false) : null;

    private static double? Number(string text) =>
        double.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : null;
}
