using System.Collections.Immutable;

namespace PluginPrune.Core.Plans;

/// <summary>What stays of a channel group.</summary>
/// <param name="Name">The id of the group's first producer.</param>
/// <param name="Layers">The layers of the user's file whose channels are tied; for the reader.</param>
/// <param name="Channels">How many elements the group has.</param>
/// <param name="Kept">Those that stay, as in '0-3 7 9-12'.</param>
/// <param name="Note">Why the group is as it is, where there is something to say, or null; for the reader.</param>
public sealed record PlannedGroup(string Name, ImmutableArray<string> Layers, int Channels, string Kept, string? Note)
{
    /// <summary>Where its parts stand in the plan's file.</summary>
    public GroupPlaces Places { get; init; }

    /// <summary>Which of its elements stay; null where <see cref="Kept"/> is no list of them, which is noted.</summary>
    internal bool[]? MaskOrFault(PlanFaults faults)
    {
        (bool[]? mask, string? fault) = IndexRanges.Parse(Kept, Channels);
        if (fault is not null)
        {
            faults.Add(Places.Kept, $"group {PlanNames.Quote(Name)}: {fault}.");
        }

        return mask;
    }
}
