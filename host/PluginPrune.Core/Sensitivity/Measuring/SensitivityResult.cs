using System.Collections.Immutable;

namespace PluginPrune.Core.Sensitivity;

/// <summary>What came of a run.</summary>
/// <param name="Metric">What was measured, with its value of the whole network.</param>
/// <param name="Groups">The curves, in the network's order.</param>
/// <param name="Whole">Groups of which nothing can go.</param>
/// <param name="Measured">How many measurements this run made.</param>
/// <param name="Known">How many it found made.</param>
public sealed record SensitivityResult(CurveMetric Metric, ImmutableArray<GroupCurve> Groups, ImmutableArray<WholeGroup> Whole, int Measured, int Known);
