using System.Collections.Immutable;
using System.Text;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Surgery;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Plans;

/// <summary>
/// A small network with all that a plan can violate, and its plans as texts. A residual block (n3 to n9) over the stem n0, a
/// convolution in two groups (n10), of which only the first half is read on (n13), a head (n14).
/// </summary>
internal static class PlanSample
{
    public const string FileName = "plan.json";

    public static Network Network(int seed = 5, int stem = 8, ActivationKind kind = ActivationKind.LeakyRelu, int headSize = 1, bool hasHead = true)
    {
        var net = new NetworkBuilder(seed);
        string first = net.ConvNormAct("input", stem);
        string sum = net.Add(new Add(), first, net.ConvNormAct(net.ConvNormAct(first, 4, 1), stem));
        string grouped = net.Act(net.Norm(net.Conv(sum, 8, groups: 2)), kind);
        string part = net.Add(new Slice(0, 4), grouped);
        string last = net.Conv(part, 5, headSize, bias: true);
        if (hasHead)
        {
            net.Head(last);
        }

        return net.Build("sample");
    }

    /// <summary>A plan that drops some of every group that may lose some.</summary>
    public static PlanDocument Document(Network network) => Keep(
        Whole(network, []), ("n0", "0-2 4-6"), ("n3", "0 2-3"), ("n10", "0-1 4-5"));

    /// <summary>A plan that removes the block.</summary>
    public static PlanDocument WithoutBlock(Network network) => Keep(
        Whole(network, BlockFinder.Find(network)), ("n0", "0-2 4-6"), ("n10", "0-1 4-5"));

    public static PlanDocument Keep(PlanDocument document, params (string Group, string Kept)[] kept) => document with
    {
        Groups = [.. document.Groups.Select(group => Array.Find(kept, pair => pair.Group == group.Name) is { Kept: { } list } ? group with { Kept = list } : group)],
    };

    public static string Text(PlanDocument document) => Encoding.UTF8.GetString(Bytes(document));

    public static byte[] Bytes(PlanDocument document)
    {
        using var stream = new MemoryStream();
        PlanJson.Write(document, stream);
        return stream.ToArray();
    }

    public static PlanDocument Read(string text) => PlanJson.Read(Encoding.UTF8.GetBytes(text), FileName);

    /// <summary>Reads a plan and brings it together with a network.</summary>
    public static PruningPlan Bind(string text, Network network) => PlanConverter.ToPlan(Read(text), network);

    private static PlanDocument Whole(Network network, ImmutableArray<ResidualBlock> removed)
    {
        NetworkAnalysis analysis = NetworkAnalysis.Of(BlockRemoval.Remove(network, removed), PruningScope.Full);
        return PlanConverter.ToDocument(
            new PruningPlan(network, removed, analysis, ChannelMasks.All(analysis.Groups)),
            ImmutableDictionary<string, double>.Empty.Add("n9", 0.25),
            ImmutableSortedDictionary<string, string>.Empty.Add("criterion", "test"));
    }
}
