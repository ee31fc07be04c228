namespace PluginPrune.Contracts.Evaluation;

/// <summary>A figure.</summary>
/// <param name="Name">In the field's own words, for instance 'mAP@0.5'.</param>
/// <param name="Value">Its value; NaN where there is none.</param>
/// <param name="Unit">Its unit, for instance 'ms'; empty for none.</param>
/// <param name="Direction">Which way is better.</param>
/// <param name="Decimals">How many decimals are worth showing.</param>
public sealed record Metric(string Name, double Value, string Unit, MetricDirection Direction, int Decimals);
