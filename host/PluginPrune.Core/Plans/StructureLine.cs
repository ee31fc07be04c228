namespace PluginPrune.Core.Plans;

/// <summary>One line of what <see cref="ArchitectureHash.Describe(Contracts.Networks.Network)"/> says of the network that a plan is for.</summary>
/// <param name="Text">The line.</param>
/// <param name="Place">Where it stands in the plan's file.</param>
public sealed record StructureLine(string Text, PlanPlace Place);
