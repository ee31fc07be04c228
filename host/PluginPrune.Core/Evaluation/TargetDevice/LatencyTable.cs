using System.Collections.Immutable;

namespace PluginPrune.Core.Evaluation;

/// <summary>Times that were measured on the device where networks will run.</summary>
/// <param name="Device">What the device is called.</param>
/// <param name="Rows">What was measured.</param>
public sealed record LatencyTable(string Device, ImmutableArray<LatencyRow> Rows)
{
    /// <summary>The networks that were measured.</summary>
    public IEnumerable<string> Models => Rows.Select(static row => row.Model).Distinct(StringComparer.Ordinal);

    /// <summary>A network's time: that of the whole where it was measured, else the sum over its layers; null for none.</summary>
    /// <param name="model">The network.</param>
    public double? TotalOf(string model)
    {
        LatencyRow[] rows = [.. Rows.Where(row => row.Model == model)];
        return Array.Find(rows, static row => row.Layer is null) is { } whole ? whole.Milliseconds
            : rows.Length > 0 ? rows.Sum(static row => row.Milliseconds)
            : null;
    }

    /// <summary>The time of a layer; null where it was not measured.</summary>
    /// <param name="model">The network.</param>
    /// <param name="layer">The layer.</param>
    public double? LayerOf(string model, string layer) =>
        Rows.FirstOrDefault(row => row.Model == model && row.Layer == layer)?.Milliseconds;
}
