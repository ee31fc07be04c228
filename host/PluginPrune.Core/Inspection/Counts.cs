using System.Globalization;

namespace PluginPrune.Core.Inspection;

/// <summary>How many there are of something, in words.</summary>
public static class Counts
{
    /// <summary>For instance '1 head' or '3 heads'.</summary>
    /// <param name="count">How many.</param>
    /// <param name="noun">What one of them is called.</param>
    public static string Of(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? string.Empty : "s")}");
}
