using System.Collections.Immutable;

namespace PluginPrune.Core.Plans;

/// <summary>What stays of a group, channel by channel.</summary>
/// <param name="Group">The group.</param>
/// <param name="Mask">For each of its channels whether it stays.</param>
public sealed record KeptChannels(PlannedGroup Group, ImmutableArray<bool> Mask)
{
    /// <summary>For each of its channels whether it stays only as a constant.</summary>
    public required ImmutableArray<bool> Constants { get; init; }

    /// <summary>How many stay.</summary>
    public int Kept { get; } = Mask.Count(static keep => keep);
}
