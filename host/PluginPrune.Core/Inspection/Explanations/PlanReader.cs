using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Plans;

namespace PluginPrune.Core.Inspection;

/// <summary>
/// Reads out of a plan and the scales of batch norms why channels go or stay. The line is the largest scale that the plan
/// drops anywhere: what lies above it in some tied layer would have stayed under any one threshold.
/// </summary>
internal sealed class PlanReader
{
    private const string Ungraded = "no layer has a batch norm here, so gammas did not decide";

    private readonly PruningPlan _plan;
    private readonly (double Scale, string? Layer)[][] _largest;
    private readonly double? _line;
    private readonly string? _lineLayer;

    public PlanReader(PruningPlan plan)
    {
        _plan = plan;
        _largest = [.. plan.Analysis.Groups.Select(LargestScales)];
        foreach (ChannelGroup group in plan.Analysis.Groups)
        {
            for (int element = 0; element < group.Size; element++)
            {
                (double scale, string? layer) = _largest[group.Index][element];
                if (!plan.Masks[group][element] && layer is not null && scale >= (_line ?? 0))
                {
                    (_line, _lineLayer) = (scale, layer);
                }
            }
        }
    }

    public PlannedChannels Read(string value)
    {
        string? removedWith = _plan.IsRemoved(value)
            ? _plan.RemovedBlocks.First(block => block.Junction.Id == value || block.Branch.Any(node => node.Id == value)).Junction.Origin.Layer
            : null;
        bool[] keep = removedWith is null ? _plan.KeepOf(value) : new bool[_plan.Network.ShapeOf(value).Channels];
        bool[] drop = Array.ConvertAll(keep, static kept => !kept);
        ImmutableArray<ChannelElement> elements = removedWith is null ? _plan.Analysis.ElementsOf(value) : [];
        return new PlannedChannels
        {
            RemovedWith = removedWith,
            Kept = IndexRanges.Format(keep),
            KeptCount = keep.Count(static kept => kept),
            Dropped = IndexRanges.Format(drop),
            DroppedCount = drop.Count(static dropped => dropped),
            Line = _line,
            LineLayer = _lineLayer,
            WhyDropped = ChannelNotes.Of(elements.Select((element, channel) => keep[channel] ? null : WhyDropped(element))),
            WhyKept = ChannelNotes.Of(elements.Select((element, channel) => keep[channel] ? WhyKept(element, value) : null)),
        };
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>For each element the largest scale of its channels, and the layer that has it; no layer where there is no scale.</summary>
    private static (double Scale, string? Layer)[] LargestScales(ChannelGroup group)
    {
        var largest = new (double Scale, string? Layer)[group.Size];
        foreach (GroupMember member in group.Members)
        {
            if (member.Norm is not { } norm)
            {
                continue;
            }

            ReadOnlySpan<float> gammas = norm.Gamma.Floats;
            for (int i = 0; i < member.Channels.Length; i++)
            {
                double scale = Math.Abs(gammas[member.Channels[i]]);
                ref (double Scale, string? Layer) entry = ref largest[member.Elements[i]];
                if (entry.Layer is null || scale > entry.Scale)
                {
                    entry = (scale, member.Layer.Origin.Layer);
                }
            }
        }

        return largest;
    }

    private string WhyDropped(ChannelElement element) =>
        _largest[element.Group][element.Element].Layer is null
            ? Ungraded
            : Text($"in every tied layer their gammas are at most {_line:G3}, the largest that the plan drops (in layer {_lineLayer})");

    private string WhyKept(ChannelElement element, string value)
    {
        if (element.Group < 0)
        {
            return "nothing that could be cut makes them";
        }

        ChannelGroup group = _plan.Analysis.Groups[element.Group];
        if (group.LockOf(element.Element) is { } locked)
        {
            return $"locked: {locked}";
        }

        if (_plan.Constants.Contains(element))
        {
            return "as a constant: it carries what dropped channels contributed to where zero padding is seen";
        }

        (double scale, string? layer) = _largest[element.Group][element.Element];
        string own = _plan.Network.Find(value)?.Origin.Layer ?? value;
        return this switch
        {
            { _line: null } => "the plan drops nothing that has a gamma",
            _ when layer is null => Ungraded,
            _ when scale > _line && (layer == own || OwnScale(group, element.Element, own) > _line) => "their own gamma is above what the plan drops",
            _ when scale > _line => $"a tied layer has a gamma above what the plan drops: {layer}",
            _ when _plan.Masks[group].All(static kept => kept) => "the whole group stays, small gammas too: the criterion or --scope leaves it alone, or a floor holds it",
            _ => "their gammas are no larger than others that go: a floor, equal parts, --round-to or the criterion's own choice holds them",
        };
    }

    /// <summary>The scale of a layer's own channel of an element; 0 where it has none.</summary>
    private static double OwnScale(ChannelGroup group, int element, string layer)
    {
        foreach (GroupMember member in group.Members.Where(member => member.Layer.Origin.Layer == layer))
        {
            int place = member.Elements.IndexOf(element);
            if (place >= 0 && member.Norm is { } norm)
            {
                return Math.Abs(norm.Gamma.Floats[member.Channels[place]]);
            }
        }

        return 0;
    }
}
