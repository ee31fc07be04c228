using System.Collections.Immutable;

namespace PluginPrune.Contracts.Evaluation;

/// <summary>A row of figures.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="Values">One for each column; NaN where there is none.</param>
public sealed record MetricRow(string Name, ImmutableArray<double> Values);
