using System.Collections.Immutable;

namespace PluginPrune.Core.Plans;

/// <summary>A residual block that goes.</summary>
/// <param name="Junction">The id of its addition.</param>
/// <param name="Layers">The layers of the user's file that go with it, its own included; for the reader.</param>
/// <param name="Score">What the block criterion thought of it, or null.</param>
public sealed record PlannedBlock(string Junction, ImmutableArray<string> Layers, double? Score)
{
    /// <summary>Where its junction stands in the plan's file.</summary>
    public PlanPlace Place { get; init; }
}
