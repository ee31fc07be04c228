using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Inspection;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Tests.Support;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Inspection;

public sealed class PlannedLayerTests
{
    private readonly NetworkBuilder _net = new(7);

    [Fact]
    public void Explain_ATiedLayer_TellsWhichChannelsAnotherLayerBroughtBack()
    {
        string stem = Layer("input", 1, 1, 0.001f, 0.002f);
        string sum = _net.Add(new Add(), stem, Layer(stem, 1, 0.001f, 1, 0.002f));
        _net.Head(_net.Conv(sum, 5, 1));

        PlannedChannels plan = Explain("n0", PlanAt(0.5));

        plan.Kept.Should().Be("0-2");
        plan.Dropped.Should().Be("3");
        plan.Line.Should().BeApproximately(0.002, 1e-6);
        plan.WhyKept.Select(static note => note.Channels).Should().Equal("0-1", "2");
        plan.WhyKept[0].Reason.Should().StartWith("their own gamma");
        plan.WhyKept[1].Reason.Should().StartWith("a tied layer").And.EndWith("n2");
        plan.WhyDropped.Should().ContainSingle().Which.Count.Should().Be(1);
    }

    [Fact]
    public void Explain_ALayerThatAFloorKept_SaysThatThePlanDoesNotTell()
    {
        string weak = Layer("input", 0.001f, 0.002f, 0.001f, 0.001f);
        _net.Head(_net.Conv(Layer(weak, 1, 1, 0.003f, 1), 5, 1));

        PlannedChannels plan = Explain("n0", PlanAt(0.625));

        plan.Kept.Should().Be("1", "a layer keeps one channel");
        plan.WhyKept.Should().ContainSingle().Which.Reason.Should().Contain("holds them");
    }

    [Fact]
    public void Explain_ALockedLayer_SaysByWhat()
    {
        _net.Head(_net.Conv(Layer("input", 1, 1), 5, 1));

        PlannedChannels plan = Explain("n2", PlanAt(0.5));

        plan.DroppedCount.Should().Be(0);
        plan.WhyKept.Should().ContainSingle().Which.Reason.Should().StartWith("locked: ").And.Contain("head");
    }

    [Fact]
    public void Explain_ALayerOfARemovedBlock_NamesTheBlock()
    {
        string stem = Layer("input", 1, 1);
        string sum = _net.Add(new Add(), stem, Layer(stem, 1, 1));
        _net.Head(_net.Conv(sum, 5, 1));
        Network network = _net.Build();
        PruningPlan plan = Enumerable.Range(0, 50).Select(seed => Pruned.Randomly(network, seed)).First(static plan => plan.RemovedBlocks.Length == 1);

        PlannedChannels planned = Explain("n2", plan);

        planned.RemovedWith.Should().Be(sum);
        planned.KeptCount.Should().Be(0);
        planned.WhyKept.Should().BeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Explain_RandomPlans_GiveEveryChannelExactlyOneReason(int seed)
    {
        Network network = RandomNetworks.Make(seed, isPadded: true, preservesZero: false);
        PruningPlan plan = Pruned.Randomly(network, seed);
        NetworkInspection inspection = NetworkInspector.Inspect(network, plan, CancellationToken.None);
        var explainer = new LayerExplainer(inspection);
        foreach (LayerInspection layer in inspection.Layers)
        {
            PlannedChannels planned = explainer.Explain(layer, layer.Value).Plan!;

            (planned.KeptCount + planned.DroppedCount).Should().Be(layer.Output.Channels);
            if (planned.RemovedWith is null)
            {
                planned.WhyKept.Sum(static note => note.Count).Should().Be(planned.KeptCount);
                planned.WhyDropped.Sum(static note => note.Count).Should().Be(planned.DroppedCount);
            }
        }
    }

    private PruningPlan PlanAt(double rate) => new PlanMaker(GammaCriterion.Services).Make(
        _net.Build(), new PlanRequest { Criterion = new GammaCriterion(rate, Coupling.Union) }, CancellationToken.None).Plan;

    private static PlannedChannels Explain(string layer, PruningPlan plan)
    {
        NetworkInspection inspection = NetworkInspector.Inspect(plan.Network, plan, CancellationToken.None);
        (LayerInspection found, string value) = new LayerLookup(inspection).Find(layer)!.Value;
        return new LayerExplainer(inspection).Explain(found, value).Plan!;
    }

    /// <summary>A convolution and a batch norm of the given scales.</summary>
    private string Layer(string input, params float[] gammas)
    {
        string conv = _net.Conv(input, gammas.Length, 1);
        var shape = new Shape(gammas.Length);
        return _net.Add(new BatchNorm(Tensor.FromFloats(gammas), _net.Random(shape, 0.1f), _net.Random(shape, 0.1f), Tensor.FromFloats([.. Enumerable.Repeat(1f, gammas.Length)])), conv);
    }
}
