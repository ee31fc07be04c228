using System.Collections.Immutable;
using System.Globalization;

namespace PluginPrune.Core.Selection;

/// <summary>Rates of several parts of a network, in proportion to each other.</summary>
/// <param name="All">The parts, as they were given.</param>
public sealed record PartRates(ImmutableArray<PartRate> All)
{
    /// <summary>The largest rate: the one that a budget varies, the others in proportion.</summary>
    public double Largest => All.Max(static part => part.Rate);

    /// <summary>Reads for instance 'backbone=0.6,head=0.4' or '0-9=0.5,12=0.1'.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fault">What is wrong with it; empty where nothing is.</param>
    /// <returns>The rates, or null where the text is none.</returns>
    public static PartRates? Parse(string text, out string fault)
    {
        ArgumentNullException.ThrowIfNull(text);
        const string Wanted = "wanted are parts with their rates, for instance backbone=0.6,head=0.4 or 0-9=0.5";
        var rates = ImmutableArray.CreateBuilder<PartRate>();
        foreach (string item in text.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] sides = item.Split('=', StringSplitOptions.TrimEntries);
            if (sides is not [{ Length: > 0 } part, var number])
            {
                fault = $"'{item}' is no part with a rate; {Wanted}.";
                return null;
            }

            if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double rate) || !(rate is >= 0 and <= 1))
            {
                fault = $"the rate of {part} is '{number}'; a number from 0 to 1 is wanted.";
                return null;
            }

            if (rates.Any(known => known.Part == part))
            {
                fault = $"{part} stands twice.";
                return null;
            }

            rates.Add(new PartRate(part, rate));
        }

        fault = rates.Any(static part => part.Rate > 0) ? string.Empty : "all rates are 0: nothing would go.";
        return fault.Length == 0 ? new PartRates(rates.ToImmutable()) : null;
    }

    /// <summary>The rates where the largest one is another.</summary>
    /// <param name="largest">0 to 1.</param>
    public PartRates At(double largest) => new([.. All.Select(part => part with { Rate = largest == Largest ? part.Rate : Math.Min(1, part.Rate / Largest * largest) })]);

    /// <summary>As it is given on a command line.</summary>
    public override string ToString() => string.Join(',', All);
}
