using System.Collections.Immutable;

namespace PluginPrune.Contracts.Evaluation;

/// <summary>Figures in rows and columns.</summary>
/// <param name="Title">What it shows, for instance 'Per class'.</param>
/// <param name="RowName">What a row is, for instance 'class'.</param>
/// <param name="Columns">The columns: name, unit, direction and decimals; their values do not matter.</param>
/// <param name="Rows">Each with as many values as there are columns; NaN where there is none.</param>
public sealed record MetricTable(string Title, string RowName, ImmutableArray<Metric> Columns, ImmutableArray<MetricRow> Rows);
