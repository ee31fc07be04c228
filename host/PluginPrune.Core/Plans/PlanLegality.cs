using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Analysis;

namespace PluginPrune.Core.Plans;

/// <summary>
/// Says where masks ask for what cannot be: a locked channel dropped, a layer without channels, equal parts that differ. The
/// same rules as <see cref="Selection.MaskGuard"/>, which mends where this one tells.
/// </summary>
internal sealed class PlanLegality
{
    private readonly NetworkAnalysis _analysis;
    private readonly Dictionary<string, PlannedGroup> _planned;
    private readonly bool[]?[] _masks;
    private readonly PlanFaults _faults;

    // A group that is wrong makes all that it passes through wrong: it is told once.
    private readonly HashSet<int> _told;

    private PlanLegality(NetworkAnalysis analysis, Dictionary<string, PlannedGroup> planned, bool[]?[] masks, PlanFaults faults)
    {
        _analysis = analysis;
        _planned = planned;
        _masks = masks;
        _faults = faults;
        _told = [.. analysis.Groups.Where(group => masks[group.Index] is null).Select(static group => group.Index)];
    }

    /// <param name="analysis">The network.</param>
    /// <param name="planned">What the plan says of its groups, by name.</param>
    /// <param name="masks">What stays of each group; null where that is not known and has been told.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static void Check(NetworkAnalysis analysis, Dictionary<string, PlannedGroup> planned, bool[]?[] masks, PlanFaults faults)
    {
        var legality = new PlanLegality(analysis, planned, masks, faults);
        foreach (ChannelGroup group in analysis.Groups)
        {
            legality.CheckGroup(group);
        }

        foreach (Node node in analysis.Network.Nodes)
        {
            legality.CheckLayer(node);
        }

        foreach (EqualParts constraint in analysis.Constraints)
        {
            legality.CheckParts(constraint);
        }
    }

    private void CheckGroup(ChannelGroup group)
    {
        if (_masks[group.Index] is not { } mask)
        {
            return;
        }

        int[] dropped = [.. Enumerable.Range(0, group.Size).Where(element => !mask[element])];
        int[] locked = [.. dropped.Where(element => group.LockOf(element) is not null)];
        if (locked.Length > 0)
        {
            string others = locked.Length > 1 ? $" and {Text(locked.Length - 1)} more" : string.Empty;
            Add([group.Index], $"channel {Text(locked[0])}{others} must stay: {group.LockOf(locked[0])}");
        }
        else if (dropped.Length == group.Size)
        {
            Add([group.Index], $"it keeps nothing; at least one of its {Text(group.Size)} channels must stay");
        }
    }

    private void CheckLayer(Node node)
    {
        ImmutableArray<ChannelElement> elements = _analysis.ElementsOf(node.Id);
        if (IsOpen(elements) && !elements.Any(IsKept))
        {
            Add(GroupsOf(elements), $"{node} would keep none of its {Text(elements.Length)} channels; at least one must stay");
        }
    }

    private void CheckParts(EqualParts constraint)
    {
        ImmutableArray<ChannelElement> elements = _analysis.ElementsOf(constraint.Value);
        if (!IsOpen(elements))
        {
            return;
        }

        int size = elements.Length / constraint.Parts;
        int[] kept = [.. Enumerable.Range(0, constraint.Parts).Select(part => elements.Slice(part * size, size).Count(IsKept))];
        if (kept.Distinct().Count() > 1)
        {
            // The line of the group that keeps least is where most would look.
            int least = Array.IndexOf(kept, kept.Min());
            ImmutableArray<ChannelElement> part = elements.Slice(least * size, size);
            Add(
                [.. GroupsOf(part).Concat(GroupsOf(elements)).Distinct()],
                $"{constraint.Because} needs equally many channels of '{constraint.Value}' in each of {Text(constraint.Parts)} equal parts; they keep {string.Join(", ", kept.Take(8).Select(Text))}{(kept.Length > 8 ? ", ..." : string.Empty)}");
        }
    }

    private bool IsKept(ChannelElement element) => element.Group < 0 || _masks[element.Group]![element.Element];

    private bool IsOpen(ImmutableArray<ChannelElement> elements) => elements.All(element => element.Group < 0 || !_told.Contains(element.Group));

    private static int[] GroupsOf(ImmutableArray<ChannelElement> elements) =>
        [.. elements.Select(static element => element.Group).Where(static group => group >= 0).Distinct()];

    private void Add(int[] groups, string message)
    {
        _told.UnionWith(groups);
        PlannedGroup planned = _planned[_analysis.Groups[groups[0]].Name];
        _faults.Add(planned.Places.Kept, $"group {PlanNames.Quote(planned.Name)}: {message}.");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
