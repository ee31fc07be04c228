using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatDarknet.Reading;
using PluginPrune.FormatDarknet.Text;
using PluginPrune.FormatDarknet.Writing;

namespace PluginPrune.FormatDarknet.Sections;

/// <summary>[route]: earlier layers behind each other along the channels, or of each of them one of several equal parts.</summary>
internal sealed class RouteSection : SectionType
{
    public override string Name => "route";

    public override string Read(SectionReader reader)
    {
        ImmutableArray<string> sources = reader.Resolve("layers");
        int groups = reader.AtLeast(1, "groups", 1);
        int part = reader.AtLeast(0, "group_id", 0);
        if (part >= groups)
        {
            throw reader.Section.Fault("group_id", $"[route] has group_id = {part}; with groups = {groups} it must be below {groups}.");
        }

        if (groups > 1)
        {
            if (sources.Length == 1)
            {
                return reader.Add("route", new Split(groups, part), sources);
            }

            sources = [.. sources.Select((source, i) => reader.Add(string.Create(CultureInfo.InvariantCulture, $"split{i}"), new Split(groups, part), source))];
        }

        return sources.Length == 1 ? reader.Add("route", new Identity(), sources) : reader.Add("route", new Concat(), sources);
    }

    public override SectionDraft? Plan(Node node, Planner planner)
    {
        switch (node.Operation)
        {
            case Identity:
                return Draft(node, planner, node.Inputs, groups: 1, part: 0);
            case Split split:
                if (IsJoined(node, planner))
                {
                    // The concat that joins the parts of several sources writes them all.
                    planner.Fuse(node);
                    return null;
                }

                return Draft(node, planner, node.Inputs, split.Parts, split.Index);
            case Slice slice when planner.ShapeOf(node.Inputs[0]).Channels % slice.Length == 0 && slice.Start % slice.Length == 0:
                return Draft(node, planner, node.Inputs, planner.ShapeOf(node.Inputs[0]).Channels / slice.Length, slice.Start / slice.Length);
            case Concat:
                return PlanConcat(node, planner);
            default:
                return null;
        }
    }

    // A route with groups takes the same part of each of its sources; only parts that came from one route are joined again.
    private static bool IsJoined(Node split, Planner planner) =>
        split.Annotations.Find<CfgSection>() is not null
        && planner.PeekFollower(split) is { Operation: Concat } concat
        && concat.Inputs.All(input => planner.Network.Find(input) is { } part && part.Operation == split.Operation && planner.PeekFollower(part) == concat);

    private SectionDraft PlanConcat(Node node, Planner planner)
    {
        Node? first = planner.Network.Find(node.Inputs[0]);
        return first is { Operation: Split split } && IsJoined(first, planner)
            ? Draft(node, planner, [.. node.Inputs.Select(input => planner.Network[input].Inputs[0])], split.Parts, split.Index)
            : Draft(node, planner, node.Inputs, groups: 1, part: 0);
    }

    private SectionDraft Draft(Node node, Planner planner, ImmutableArray<string> sources, int groups, int part)
    {
        CfgSection? source = SourceOf(node.Annotations);
        return new SectionDraft(this, node, node.Id)
        {
            Source = source,
            References = sources,
            ReferenceKey = "layers",
            Settings =
            [
                new Setting("groups", groups.ToString(CultureInfo.InvariantCulture), "1"),
                new Setting("group_id", part.ToString(CultureInfo.InvariantCulture), "0"),
            ],
        };
    }
}
