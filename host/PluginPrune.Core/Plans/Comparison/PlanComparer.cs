using System.Collections.Immutable;

namespace PluginPrune.Core.Plans;

/// <summary>Compares plans.</summary>
public static class PlanComparer
{
    /// <summary>Says what differs.</summary>
    /// <param name="first">A plan.</param>
    /// <param name="second">Another one for the same architecture.</param>
    /// <exception cref="PlanException">They are for different architectures, or a list of channels is none.</exception>
    public static PlanDifference Compare(PlanDocument first, PlanDocument second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        RefuseOther(first, second);
        PlanContents left = PlanContents.Of(first);
        PlanContents right = PlanContents.Of(second);
        return new PlanDifference(left, right)
        {
            Made = [.. first.Made.Keys.Union(second.Made.Keys, StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(name => new MadeDifference(name, first.Made.GetValueOrDefault(name), second.Made.GetValueOrDefault(name)))
                .Where(static setting => setting.First != setting.Second)],
            BlocksOnlyInFirst = Only(first, second),
            BlocksOnlyInSecond = Only(second, first),
            Groups = [.. Pairs(left, right).Where(static pair => Differ(pair.First, pair.Second))],
        };
    }

    private static void RefuseOther(PlanDocument first, PlanDocument second)
    {
        if (first.Architecture == second.Architecture)
        {
            return;
        }

        string names = $"{NameOf(first)} and {NameOf(second)} are plans for different networks, '{PlanNames.Clean(first.Network, 60)}' and '{PlanNames.Clean(second.Network, 60)}', and cannot be compared.";
        throw new PlanException(
            ArchitectureDifference.First(Lines(first), Lines(second)) is { } difference
                ? $"{names} First difference at {difference.Name}: the first plan was made for {difference.Ours}; the second for {difference.Theirs}."
                : $"{names} Their fingerprints are {PlanNames.Clean(first.Architecture, 80)} and {PlanNames.Clean(second.Architecture, 80)}.");
    }

    private static bool Differ(KeptChannels? first, KeptChannels? second) =>
        first is null || second is null || !first.Mask.SequenceEqual(second.Mask) || !first.Constants.SequenceEqual(second.Constants);

    private static string NameOf(PlanDocument plan) => plan.File ?? "a plan";

    private static ImmutableArray<string> Lines(PlanDocument plan) => [.. plan.Structure.Select(static line => line.Text)];

    private static ImmutableArray<PlannedBlock> Only(PlanDocument here, PlanDocument there)
    {
        HashSet<string> others = new(there.RemovedBlocks.Select(static block => block.Junction), StringComparer.Ordinal);
        return [.. here.RemovedBlocks.Where(block => !others.Contains(block.Junction))];
    }

    private static IEnumerable<GroupDifference> Pairs(PlanContents left, PlanContents right)
    {
        var others = right.Groups.ToDictionary(static group => group.Group.Name, StringComparer.Ordinal);
        foreach (KeptChannels group in left.Groups)
        {
            others.Remove(group.Group.Name, out KeptChannels? other);
            yield return new GroupDifference(group, other);
        }

        foreach (KeptChannels group in right.Groups.Where(group => others.ContainsKey(group.Group.Name)))
        {
            yield return new GroupDifference(null, group);
        }
    }
}
