namespace PluginPrune.FormatDarknet.Text;

/// <summary>A line of a cfg file, with every byte of it.</summary>
/// <param name="Raw">The whole line with its ending.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Number">Its 1-based number in the file; 0 for a line that no file had.</param>
internal sealed record CfgLine(string Raw, CfgLineKind Kind, int Number)
{
    /// <summary>The section's name or the option's key.</summary>
    public string Key { get; init; } = string.Empty;

    /// <summary>Where in <see cref="Raw"/> the option's value stands, blanks and trailing comment left out.</summary>
    public Range ValueRange { get; init; }

    /// <summary>The option's value.</summary>
    public string Value => Raw[ValueRange];

    /// <summary>A line that this program makes.</summary>
    public static CfgLine Option(string key, string value, string newLine) =>
        new($"{key}={value}{newLine}", CfgLineKind.Option, 0)
        {
            Key = key,
            ValueRange = (key.Length + 1)..(key.Length + 1 + value.Length),
        };

    /// <summary>The same line with another value; blanks around it and a comment behind it stay.</summary>
    public CfgLine WithValue(string value)
    {
        int start = ValueRange.Start.Value;
        return this with
        {
            Raw = string.Concat(Raw.AsSpan(0, start), value, Raw.AsSpan(ValueRange.End.Value)),
            ValueRange = start..(start + value.Length),
        };
    }
}
