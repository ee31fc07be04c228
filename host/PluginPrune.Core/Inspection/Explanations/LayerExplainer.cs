using System.Collections.Immutable;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Plans;

namespace PluginPrune.Core.Inspection;

/// <summary>Explains layers: what they are tied to and along which path, what is locked and why, what a plan does to them.</summary>
/// <param name="inspection">The network.</param>
public sealed class LayerExplainer(NetworkInspection inspection)
{
    private readonly Lazy<TiePaths> _paths = new(() => new TiePaths(inspection.Network));

    /// <summary>What the criterion said when the plan was made that the inspection is of.</summary>
    public ImmutableArray<PlannedNote> Notes { get; init; } = [];

    /// <summary>Explains the channels of a value.</summary>
    /// <param name="layer">A layer of the inspection.</param>
    /// <param name="value">A value of the layer, as <see cref="LayerLookup.Find"/> tells it.</param>
    public LayerExplanation Explain(LayerInspection layer, string value)
    {
        ArgumentNullException.ThrowIfNull(layer);
        Network network = inspection.Network;
        NetworkAnalysis analysis = inspection.Analysis;
        ImmutableArray<ChannelElement> elements = analysis.ElementsOf(value);
        int[] groups = [.. elements.Select(static element => element.Group).Where(static group => group >= 0).Distinct()];
        return new LayerExplanation
        {
            Layer = layer,
            Value = value,
            Nodes = [.. layer.Nodes.Select(node => network[node])],
            Readers = [.. inspection.Layers.Where(reader => reader.Inputs.Contains(layer.Layer, StringComparer.Ordinal)).Select(static reader => reader.Layer)],
            Groups = [.. groups.Select(group => OfGroup(group, value, elements))],
            FixedChannels = elements.Count(static element => element.Group < 0),
            Constraints = [.. analysis.Constraints.Where(constraint => analysis.ElementsOf(constraint.Value).Any(element => groups.Contains(element.Group)))],
            Locks = ChannelNotes.Of(elements.Select(element => element.Group < 0 ? null : analysis.Groups[element.Group].LockOf(element.Element))),
            Blocks = [.. inspection.Blocks.Where(block => block.Layer == layer.Layer || block.Layers.Contains(layer.Layer, StringComparer.Ordinal))],
            Plan = inspection.Plan is { } plan ? new PlanReader(plan).Read(value) : null,
            Notes = [.. Notes.Where(note => layer.Nodes.Contains(note.Layer, StringComparer.Ordinal))],
        };
    }

    private GroupExplanation OfGroup(int index, string value, ImmutableArray<ChannelElement> elements)
    {
        GroupInspection group = inspection.Groups[index];
        int[] channels = [.. Enumerable.Range(0, elements.Length).Where(channel => elements[channel].Group == index)];
        GroupMember[] others = [.. group.Group.Members.Where(member => member.Layer.Id != value)];
        ImmutableArray<TiePath?> paths = others.Length == 0 ? [] : _paths.Value.Find(value, channels, others);
        int next = 0;
        return new GroupExplanation(
            group, channels.Length, [.. group.Group.Members.Select(member => new MemberExplanation(member, member.Layer.Id == value ? null : paths[next++]))]);
    }
}
