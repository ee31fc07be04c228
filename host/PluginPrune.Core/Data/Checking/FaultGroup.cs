using System.Collections.Immutable;
using PluginPrune.Contracts.Datasets;

namespace PluginPrune.Core.Data.Checking;

/// <summary>All faults of one kind.</summary>
/// <param name="Severity">How bad they are.</param>
/// <param name="Kind">What they are.</param>
/// <param name="Faults">In the order of the pictures.</param>
public sealed record FaultGroup(FaultSeverity Severity, string Kind, ImmutableArray<DatasetFault> Faults);
