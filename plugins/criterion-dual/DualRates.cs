using System.Globalization;
using PluginPrune.Contracts.Options;

namespace PluginPrune.CriterionDual;

/// <summary>Two rates, as the paper writes them: 60U40.</summary>
/// <param name="First">The share that the first criterion drops, 0 to 1.</param>
/// <param name="Second">The share that the second one drops, 0 to 1.</param>
internal readonly record struct DualRates(double First, double Second)
{
    // A millionth: finer than one channel of any layer, and a rate that was searched for can still be typed.
    private const int Digits = 6;

    private const string Wanted = "two rates in percent from 0 to 100 with a U between them, for instance 60U40";

    /// <summary>The larger of the two: what stands for both where one number is searched for.</summary>
    public double Larger => Math.Max(First, Second);

    /// <summary>Reads rates.</summary>
    /// <param name="text">For instance '60U40', '62.5u40'.</param>
    /// <exception cref="OptionException">It is something else.</exception>
    public static DualRates Parse(string text)
    {
        string[] parts = text.Split('U', 'u');
        return parts.Length == 2
            ? new DualRates(Share(parts[0], "first", text), Share(parts[1], "second", text))
            : throw new OptionException($"--rates takes {Wanted}, not '{text}': {(parts.Length == 1 ? "there is no U in it" : "there is more than one U in it")}.");
    }

    /// <summary>Both made larger or smaller together, so that the larger one becomes what is asked for; what was 0 stays 0.</summary>
    /// <param name="larger">0 to 1.</param>
    public DualRates Scale(double larger)
    {
        // Nothing of both has no proportion; what is then asked for is asked of both alike.
        (double first, double second) = Larger == 0 ? (1, 1) : (First / Larger, Second / Larger);
        return new DualRates(Math.Round(first * larger, Digits), Math.Round(second * larger, Digits));
    }

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Percent(First)}U{Percent(Second)}");

    /// <summary>A share in percent, as it is typed: 62.5.</summary>
    public static string Percent(double share) => ((decimal)share * 100).ToString("0.####", CultureInfo.InvariantCulture);

    private static double Share(string text, string which, string whole)
    {
        // In decimal, so that 29 percent of 100 channels are 29 of them.
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal percent) && percent is >= 0 and <= 100
            ? (double)(percent / 100)
            : throw new OptionException($"--rates takes {Wanted}, not '{whole}': its {which} rate is '{text}'.");
    }
}
