using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Costs;
using PluginPrune.Core.Inspection;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Tests.Support;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Inspection;

public sealed class NetworkInspectorTests
{
    private readonly NetworkBuilder _net = new(5);

    [Fact]
    public void Inspect_Locks_AreCountedByReason()
    {
        string unknown = _net.Add(new Opaque("strange", new Shape(6, 4, 4), []), _net.Conv("input", 8));
        _net.Head(_net.Conv(unknown, 5, 1));

        NetworkInspection inspection = Inspect();

        inspection.Locks.Select(static count => (count.Channels, count.Groups)).Should().Equal((8, 1), (5, 1));
        inspection.Locks[0].Reason.Should().Contain("strange");
        inspection.Locks[1].Reason.Should().Contain("head");
        inspection.OpaqueNodes.Should().ContainSingle().Which.Id.Should().Be(unknown);
        inspection.Layers.Where(static layer => layer.IsLocked).Select(static layer => layer.Layer).Should().Equal("n0", unknown, "n2");
        inspection.Layers[1].Role.Should().Be(LayerRole.Opaque);
    }

    [Fact]
    public void Inspect_Layers_CostTogetherWhatTheNetworkCosts()
    {
        Network network = RandomNetworks.Make(11, isPadded: true, preservesZero: false);

        NetworkInspection inspection = NetworkInspector.Inspect(network, plan: null, CancellationToken.None);

        var cost = NetworkCost.Of(network);
        inspection.Layers.Sum(static layer => layer.Parameters).Should().Be(cost.Parameters);
        (inspection.Layers.Sum(static layer => layer.MultiplyAdds) * 2e-9).Should().BeApproximately(cost.Gflops, 1e-12);
        inspection.Layers.Should().OnlyContain(static layer => layer.After == null);
    }

    [Fact]
    public void Inspect_ABlock_TellsWhatGoesWithItAndItsLastScales()
    {
        string stem = _net.ConvNormAct("input", 8);
        string norm = _net.Norm(_net.Conv(stem, 8));
        string sum = _net.Add(new Add(), stem, norm);
        _net.Head(_net.Conv(sum, 5, 1));

        BlockInspection block = Inspect().Blocks.Should().ContainSingle().Subject;

        block.Layer.Should().Be(sum);
        block.Layers.Should().Equal("n3", norm);
        block.Parameters.Should().Be((8 * 8 * 9) + 16);
        var gammas = ((BatchNorm)_net.Nodes[4].Operation).Gamma.Floats.ToArray();
        block.MeanGamma.Should().BeApproximately(gammas.Average(static gamma => Math.Abs((double)gamma)), 1e-9);
        block.IsRemoved.Should().BeFalse();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Inspect_WithAPlan_LayersTellWhatSurgeryLeaves(int seed)
    {
        Network network = RandomNetworks.Make(seed, isPadded: true, preservesZero: false);
        PruningPlan plan = Pruned.Randomly(network, seed);

        NetworkInspection inspection = NetworkInspector.Inspect(network, plan, CancellationToken.None);

        var after = NetworkCost.Of(plan.Apply().Network);
        inspection.After!.Parameters.Should().Be(after.Parameters);
        inspection.Layers.Sum(static layer => layer.After!.Parameters).Should().Be(after.Parameters);
        inspection.Layers.Where(static layer => layer.After!.IsRemoved).Select(static layer => layer.Value).Should().NotContain(value => !plan.IsRemoved(value));
        foreach (LayerInspection layer in inspection.Layers.Where(static layer => !layer.After!.IsRemoved))
        {
            layer.After!.Channels.Should().Be(plan.KeepOf(layer.Value).Count(static keep => keep), layer.Layer);
        }
    }

    [Fact]
    public void Profile_OfKnownScales_TellsShares()
    {
        var profile = new GammaProfile([0, -0.00005f, 0.0005f, -0.005f, 0.05f, 0.5f, -5f, 1]);

        profile.Count.Should().Be(8);
        profile.ShareBelow(1e-3).Should().Be(3.0 / 8);
        profile.ShareBelow(1e-2).Should().Be(0.5);
        profile.Quantile(0).Should().Be(0);
        profile.Quantile(1).Should().Be(5);
        profile.Median.Should().BeApproximately(0.05, 1e-6);
        profile.Histogram.Should().Equal(2, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1);
        profile.Histogram.Length.Should().Be(GammaProfile.BinEdges.Length + 1);
    }

    [Fact]
    public void Lookup_NamesThatAreNot_GiveTheNearest()
    {
        _net.Head(_net.Conv(_net.ConvNormAct("input", 4), 5, 1));
        var lookup = new LayerLookup(Inspect());

        lookup.Find("n2")!.Value.Layer.Layer.Should().Be("n2");
        lookup.Find("n9").Should().BeNull();
        lookup.Nearest("n9").Should().Contain("n0");
    }

    private NetworkInspection Inspect() => NetworkInspector.Inspect(_net.Build(), plan: null, CancellationToken.None);
}
