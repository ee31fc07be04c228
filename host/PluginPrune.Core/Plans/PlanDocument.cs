using System.Collections.Immutable;
using PluginPrune.Core.Surgery;

namespace PluginPrune.Core.Plans;

/// <summary>A plan as it stands in plan.json: what is kept and what goes, in the names of the network's layers.</summary>
public sealed record PlanDocument
{
    /// <summary>The version of the document's form.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The file that the document was read from, as the user calls it, or null.</summary>
    public string? File { get; init; }

    /// <summary>What the user calls the network.</summary>
    public required string Network { get; init; }

    /// <summary>The fingerprint of the network that the plan is for, see <see cref="ArchitectureHash"/>.</summary>
    public required string Architecture { get; init; }

    /// <summary>Where the fingerprint stands in the file.</summary>
    public PlanPlace ArchitecturePlace { get; init; }

    /// <summary>How the plan was made: criterion, options and the like, as names and texts; for the reader, not for the machine.</summary>
    public ImmutableSortedDictionary<string, string> Made { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What goes of the heads, before anything else; the rest of the plan is for what that leaves. Null for nothing.</summary>
    public NetworkCrop? Crop { get; init; }

    /// <summary>What becomes of what dropped channels still contribute.</summary>
    /// <value>The default is <see cref="FoldingMode.Standard"/>.</value>
    public FoldingMode Folding { get; init; }

    /// <summary>The additions of the blocks that go, in the network's order.</summary>
    public ImmutableArray<PlannedBlock> RemovedBlocks { get; init; } = [];

    /// <summary>What stays of each channel group.</summary>
    public ImmutableArray<PlannedGroup> Groups { get; init; } = [];

    /// <summary>Where the list of groups begins in the file.</summary>
    public PlanPlace GroupsPlace { get; init; }

    /// <summary>What the criterion said of layers, in its order.</summary>
    public ImmutableArray<PlannedNote> Notes { get; init; } = [];

    /// <summary>The architecture that the fingerprint is of, line by line, to tell what differs; empty where it is not known.</summary>
    public ImmutableArray<StructureLine> Structure { get; init; } = [];

    /// <summary>The groups by their names; one that stands twice is noted.</summary>
    internal Dictionary<string, PlannedGroup> ByName(PlanFaults faults)
    {
        var byName = new Dictionary<string, PlannedGroup>(StringComparer.Ordinal);
        foreach (PlannedGroup group in Groups)
        {
            if (!byName.TryAdd(group.Name, group))
            {
                faults.Add(group.Places.Name, $"group {PlanNames.Quote(group.Name)} stands twice{byName[group.Name].Places.Name.AsFirst}.");
            }
        }

        return byName;
    }
}
