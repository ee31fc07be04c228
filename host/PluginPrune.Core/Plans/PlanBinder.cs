using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Surgery;

namespace PluginPrune.Core.Plans;

/// <summary>Brings a document together with a network, or says all that keeps them apart.</summary>
internal sealed class PlanBinder(PlanDocument document, Network network)
{
    private const string Remedy = "Make a plan for this network.";

    private readonly PlanFaults _faults = new(document.File);

    /// <exception cref="PlanException">They do not fit.</exception>
    public PruningPlan Bind()
    {
        CheckArchitecture();
        ImmutableArray<ResidualBlock> removed = FindBlocks();
        Dictionary<string, PlannedGroup> planned = document.ByName(_faults);
        if (_faults.Any)
        {
            // Without the right blocks it is not known which groups there are; what can be told without them is.
            foreach (PlannedGroup group in document.Groups)
            {
                group.MaskOrFault(_faults);
            }

            _faults.ThrowIfAny();
        }

        NetworkAnalysis analysis = NetworkAnalysis.Of(BlockRemoval.Remove(network, removed), PruningScope.Full);
        RefuseUnknown(analysis, planned, removed);
        bool[]?[] masks = [.. analysis.Groups.Select(group => MaskOf(group, planned))];
        PlanLegality.Check(analysis, planned, masks, _faults);
        _faults.ThrowIfAny();
        return new PruningPlan(network, removed, analysis, new ChannelMasks(masks.Select(static mask => mask!.ToImmutableArray())))
        {
            Folding = document.Folding,
            Constants = ConstantsOf(analysis, planned, masks!),
        };
    }

    private void CheckArchitecture()
    {
        if (document.Architecture == ArchitectureHash.Of(network))
        {
            return;
        }

        string own = ArchitectureHash.Of(network);
        if (document.Structure.IsEmpty)
        {
            _faults.Throw(
                document.ArchitecturePlace,
                $"the plan was made for another network ({PlanNames.Quote(document.Network)}, {PlanNames.Clean(document.Architecture, 80)}); this one is {own}. {Remedy}");
        }

        ArchitectureDifference? difference = ArchitectureDifference.First(
            [.. document.Structure.Select(static line => line.Text)], [.. ArchitectureHash.Describe(network)]);
        if (difference is null)
        {
            _faults.Throw(
                document.ArchitecturePlace, $"the fingerprint {PlanNames.Clean(document.Architecture, 80)} is not that of the plan's own 'structure', which is {own}.");
        }

        PlanPlace place = document.Structure[Math.Min(difference.Index, document.Structure.Length - 1)].Place;
        string layer = network.Find(difference.Name) is { } node ? $"{node.Origin} ({node.Id})" : difference.Name;
        _faults.Throw(
            place,
            $"the plan is for another network{(document.Network == network.Name ? string.Empty : $", {PlanNames.Quote(document.Network)} and not '{network.Name}'")}. {layer}: the plan was made for {difference.Ours}; this network has {difference.Theirs}. {Remedy}");
    }

    private ImmutableArray<ResidualBlock> FindBlocks()
    {
        if (document.RemovedBlocks.IsEmpty)
        {
            return [];
        }

        var all = BlockFinder.Find(network).ToDictionary(static block => block.Junction.Id, StringComparer.Ordinal);
        var places = new Dictionary<string, PlanPlace>(StringComparer.Ordinal);
        foreach (PlannedBlock block in document.RemovedBlocks)
        {
            if (!places.TryAdd(block.Junction, block.Place))
            {
                _faults.Add(block.Place, $"block {PlanNames.Quote(block.Junction)} stands twice{places[block.Junction].AsFirst}.");
            }
            else if (!all.ContainsKey(block.Junction))
            {
                _faults.Add(
                    block.Place,
                    $"block {PlanNames.Quote(block.Junction)} is none of the network's {Text(all.Count)} removable blocks.{_faults.Hint(block.Junction, all.Keys)}");
            }
        }

        return [.. all.Values.Where(block => places.ContainsKey(block.Junction.Id)).OrderBy(static block => block.Index)];
    }

    private void RefuseUnknown(NetworkAnalysis analysis, Dictionary<string, PlannedGroup> planned, ImmutableArray<ResidualBlock> removed)
    {
        HashSet<string> known = new(analysis.Groups.Select(static group => group.Name), StringComparer.Ordinal);
        foreach (PlannedGroup group in planned.Values.Where(group => !known.Contains(group.Name)))
        {
            string why =
                removed.FirstOrDefault(block => block.Branch.Any(node => node.Id == group.Name)) is { } block ? $"it goes with block '{block.Junction.Id}'. Leave it out."
                : analysis.Groups.FirstOrDefault(other => other.Members.Any(member => member.Layer.Id == group.Name)) is { } tied ? $"its channels are tied to those of group '{tied.Name}'. Leave it out."
                : $"the network does not have it.{_faults.Hint(group.Name, known)}";
            _faults.Add(group.Places.Name, $"group {PlanNames.Quote(group.Name)}: {why}");
        }
    }

    private ImmutableHashSet<ChannelElement> ConstantsOf(NetworkAnalysis analysis, Dictionary<string, PlannedGroup> planned, bool[][] masks)
    {
        var constants = ImmutableHashSet.CreateBuilder<ChannelElement>();
        foreach (ChannelGroup group in analysis.Groups.Where(group => planned[group.Name].Constant.Length > 0))
        {
            bool[] isConstant = planned[group.Name].ConstantsOrFault(masks[group.Index], _faults) ?? [];
            int[] elements = [.. Enumerable.Range(0, isConstant.Length).Where(element => isConstant[element])];
            if (elements.FirstOrDefault(element => group.LockOf(element) is not null, -1) is >= 0 and var locked)
            {
                _faults.Add(planned[group.Name].Places.Constant, $"group '{group.Name}': channel {Text(locked)} cannot be constant: {group.LockOf(locked)}.");
            }

            constants.UnionWith(elements.Select(element => new ChannelElement(group.Index, element)));
        }

        _faults.ThrowIfAny();
        return constants.ToImmutable();
    }

    private bool[]? MaskOf(ChannelGroup group, Dictionary<string, PlannedGroup> planned)
    {
        if (!planned.TryGetValue(group.Name, out PlannedGroup? wanted))
        {
            _faults.Add(document.GroupsPlace, $"nothing is said of group '{group.Name}' with {Text(group.Size)} channels. To keep all: \"kept\": \"0-{Text(group.Size - 1)}\".");
            return null;
        }

        if (wanted.Channels != group.Size)
        {
            _faults.Add(wanted.Places.Channels, $"group '{group.Name}': it has {Text(group.Size)} channels, not {Text(wanted.Channels)}.");
            return null;
        }

        return wanted.MaskOrFault(_faults);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
