using System.Collections.Immutable;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Sensitivity;

namespace PluginPrune.Core.Tests.Sensitivity;

/// <summary>Documents made by hand.</summary>
internal static class SensitivityDocuments
{
    public static SensitivityDocument Of(Network network, IEnumerable<(ChannelGroup Group, CurvePoint[] Points)> curves) => new()
    {
        Network = network.Name,
        Architecture = ArchitectureHash.Of(network),
        Settings = "0123",
        Criterion = "tests/gamma",
        CriterionOptions = ImmutableSortedDictionary<string, string>.Empty.Add("layer-keep", "0.01"),
        Metric = new CurveMetric("detection", new Metric("mAP", 0.8, string.Empty, MetricDirection.Higher, 4)),
        Dataset = "pictures",
        Pictures = 12,
        Rates = [0.3, 0.6, 0.9],
        Groups =
        [
            .. curves.Select(static pair => new GroupCurve(
                pair.Group.Name, [.. pair.Group.Members.Select(static member => member.Layer.Origin.Layer)], pair.Group.Size, [.. pair.Points])),
        ],
        Whole = [new WholeGroup("n17", ["n17"], 5, "locked: it is read by a head")],
        Structure = [.. ArchitectureHash.Describe(network)],
    };
}
