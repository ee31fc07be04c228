using System.Globalization;

namespace PluginPrune.FormatOnnx.Reading.Files;

/// <summary>One extent of a value.</summary>
/// <param name="Number">The number; null where it is open.</param>
/// <param name="Name">What stands for it where it is open; perhaps empty.</param>
internal readonly record struct StoredExtent(long? Number, string Name)
{
    public override string ToString() => Number is { } number ? number.ToString(CultureInfo.InvariantCulture) : Name.Length > 0 ? Name : "?";
}
