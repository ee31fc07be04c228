namespace PluginPrune.Core.Inspection;

/// <summary>What pruning at one rate would leave.</summary>
/// <param name="Rate">The share of the scores that goes, 0 to 1.</param>
/// <param name="Parameters">Learned numbers left.</param>
/// <param name="Gflops">2 x multiply-adds left, in units of 10^9.</param>
/// <param name="Energy">The share of the scores' energy (the sum of their squares) that really goes, tied layers merged and floors kept; null where there are no scores that have one.</param>
public sealed record ForecastRow(double Rate, long Parameters, double Gflops, double? Energy);
