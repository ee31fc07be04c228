using System.Globalization;

namespace PluginPrune.Contracts.Criteria;

/// <summary>How much is to go: what the host varies where a budget or a round asks for another amount.</summary>
/// <param name="Value">0 (nothing) to 1 (all but the floors).</param>
/// <param name="Option">The option that it came from, in kebab-case, by which a rate that was searched for is reported; null where there is none.</param>
public sealed record SelectionRate(double Value, string? Option)
{
    /// <summary>The option's value at a rate, for options that are no plain number: of two rates that grow together '60U40' at 0.6, and '30U20' at 0.3.</summary>
    /// <value>The default is the number, invariant culture, with all its digits.</value>
    public Func<double, string> Format { get; init; } = static rate => rate.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The option's value at this rate.</summary>
    public string Text => Format(Value);
}
