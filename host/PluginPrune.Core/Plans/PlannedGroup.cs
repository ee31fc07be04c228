using System.Collections.Immutable;
using System.Globalization;

namespace PluginPrune.Core.Plans;

/// <summary>What stays of a channel group.</summary>
/// <param name="Name">The id of the group's first producer.</param>
/// <param name="Layers">The layers of the user's file whose channels are tied; for the reader.</param>
/// <param name="Channels">How many elements the group has.</param>
/// <param name="Kept">Those that stay, as in '0-3 7 9-12'.</param>
/// <param name="Note">Why the group is as it is, where there is something to say, or null; for the reader.</param>
public sealed record PlannedGroup(string Name, ImmutableArray<string> Layers, int Channels, string Kept, string? Note)
{
    /// <summary>Those of <see cref="Kept"/> that stay only as constants, as in '17'; empty for none.</summary>
    /// <value>The default is empty.</value>
    public string Constant { get; init; } = string.Empty;

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

    /// <summary>Which of its elements are constants; null where that cannot be, which is noted.</summary>
    /// <param name="kept">Which of its elements stay.</param>
    /// <param name="faults">Takes what is wrong.</param>
    internal bool[]? ConstantsOrFault(bool[] kept, PlanFaults faults)
    {
        (bool[]? constants, string? fault) = IndexRanges.Parse(Constant, Channels);
        if (constants is not null)
        {
            int odd = Enumerable.Range(0, Channels).FirstOrDefault(element => constants[element] && !kept[element], -1);
            fault = odd >= 0 ? string.Create(CultureInfo.InvariantCulture, $"channel {odd} is constant and not among those kept")
                : Constant.Length > 0 && constants.AsSpan().SequenceEqual(kept) ? "all that it keeps is constant; at least one other channel must stay"
                : null;
        }

        if (fault is not null)
        {
            faults.Add(Places.Constant, $"group {PlanNames.Quote(Name)}: {fault}.");
        }

        return fault is null ? constants : null;
    }
}
