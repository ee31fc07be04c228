using PluginPrune.Contracts.Datasets;

namespace PluginPrune.DatasetYolo.Labels;

/// <summary>What is wrong with a row, see <see cref="DatasetFault"/>.</summary>
internal sealed record RowProblem(FaultSeverity Severity, string Kind, string Message);
