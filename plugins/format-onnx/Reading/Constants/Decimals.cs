using System.Globalization;

namespace PluginPrune.FormatOnnx.Reading.Constants;

/// <summary>Numbers of single precision as those who wrote them meant them.</summary>
internal static class Decimals
{
    /// <summary>The number of double precision that is written with as few digits: of 0.1f it is 0.1. Rounded to single precision it is what it was.</summary>
    /// <param name="number">Any number.</param>
    public static double Of(float number) => float.IsFinite(number) ? double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : number;
}
