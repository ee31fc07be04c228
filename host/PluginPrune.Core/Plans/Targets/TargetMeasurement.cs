namespace PluginPrune.Core.Plans;

/// <summary>One step of a search by measuring.</summary>
/// <param name="Rate">The criterion's rate, 0 to 1.</param>
/// <param name="Value">What was measured.</param>
/// <param name="IsMet">Whether that is within the bound.</param>
/// <param name="IsClose">Whether it is so near to the bound that nothing better is worth looking for.</param>
public sealed record TargetMeasurement(double Rate, double Value, bool IsMet, bool IsClose);
