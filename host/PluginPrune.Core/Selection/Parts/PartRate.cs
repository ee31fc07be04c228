using System.Globalization;

namespace PluginPrune.Core.Selection;

/// <summary>How much is to go of a part of a network.</summary>
/// <param name="Part">'backbone', 'head', a layer such as '12' or 'layer1', a range of numbered layers such as '0-9', or a pattern such as '*.cv1'.</param>
/// <param name="Rate">The share, as the criterion counts it, 0 to 1.</param>
public sealed record PartRate(string Part, double Rate)
{
    /// <summary>For instance 'backbone=0.6'.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Part}={Rate:0.####}");
}
