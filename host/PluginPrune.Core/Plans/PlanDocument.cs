using System.Collections.Immutable;

namespace PluginPrune.Core.Plans;

/// <summary>A plan as it stands in plan.json: what is kept and what goes, in the names of the network's layers.</summary>
public sealed record PlanDocument
{
    /// <summary>The version of the document's form.</summary>
    public const int CurrentVersion = 1;

    /// <summary>What the user calls the network.</summary>
    public required string Network { get; init; }

    /// <summary>The fingerprint of the network that the plan is for, see <see cref="ArchitectureHash"/>.</summary>
    public required string Architecture { get; init; }

    /// <summary>How the plan was made: criterion, options and the like, as names and texts; for the reader, not for the machine.</summary>
    public ImmutableSortedDictionary<string, string> Made { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The additions of the blocks that go, in the network's order.</summary>
    public ImmutableArray<PlannedBlock> RemovedBlocks { get; init; } = [];

    /// <summary>What stays of each channel group.</summary>
    public ImmutableArray<PlannedGroup> Groups { get; init; } = [];
}
