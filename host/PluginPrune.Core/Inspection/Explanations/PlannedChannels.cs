using System.Collections.Immutable;

namespace PluginPrune.Core.Inspection;

/// <summary>
/// What a plan does to a value's channels. A plan holds what is kept and no scores: reasons are worked out from the scales of
/// batch norms, and what these do not tell is said to be unknown.
/// </summary>
public sealed record PlannedChannels
{
    /// <summary>The layer of the addition of the block that the value goes with, or null where it stays.</summary>
    public string? RemovedWith { get; init; }

    /// <summary>The channels that stay.</summary>
    public required string Kept { get; init; }

    /// <summary>How many stay.</summary>
    public required int KeptCount { get; init; }

    /// <summary>The channels that go.</summary>
    public required string Dropped { get; init; }

    /// <summary>How many go.</summary>
    public required int DroppedCount { get; init; }

    /// <summary>The largest magnitude of a scale that the plan drops anywhere, or null where it drops none that has a scale.</summary>
    public double? Line { get; init; }

    /// <summary>The layer in which <see cref="Line"/> is.</summary>
    public string? LineLayer { get; init; }

    /// <summary>Why those go that go, as far as scales tell.</summary>
    public ImmutableArray<ChannelNote> WhyDropped { get; init; } = [];

    /// <summary>Why those stay that stay, as far as scales tell.</summary>
    public ImmutableArray<ChannelNote> WhyKept { get; init; } = [];
}
