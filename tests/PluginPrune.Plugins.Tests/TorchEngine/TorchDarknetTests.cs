using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Selection;
using PluginPrune.Core.Surgery;
using PluginPrune.CriterionBn;
using PluginPrune.FormatDarknet;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.TorchEngine;

/// <summary>Real architectures with synthetic weights, before and after pruning, at a small size.</summary>
public sealed class TorchDarknetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pluginprune-torch-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [TorchSharedDataTheory]
    [InlineData("yolov3-tiny")]
    [InlineData("yolov3")]
    [InlineData("yolov3-spp")]
    [InlineData("yolov4-tiny")]
    [InlineData("yolov4")]
    public void A_network_agrees_with_the_embedded_engine_before_and_after_pruning(string name)
    {
        string cfg = SharedData.PathOf($"data/darknet/cfg/{name}.cfg");
        string weights = Path.Combine(_folder, "synthetic.weights");
        SyntheticWeights.Write(cfg, weights);
        Network network = PluginFactory.Create<DarknetPlugin, IModelFormat>("darknet")
            .Read(new ModelSource(cfg, weights, static _ => { }), CancellationToken.None)
            .WithInputSize(64, 96);
        PruningPlan plan = new PlanMaker(new PruningServices((_, _) => throw new InvalidOperationException("No criterion is asked for here."))).Make(
            network,
            new PlanRequest { Criterion = PluginFactory.Create<BatchNormPlugin, IPruningCriterion>("slim", ("global-percent", "0.5")) },
            CancellationToken.None).Plan;
        Network small = NetworkSurgeon.Apply(plan, CancellationToken.None).Network;

        Check(network, pictures: 1);
        Check(small, pictures: 2);
        small.Nodes.Sum(static node => node.Operation.Tensors.Sum(static tensor => (long)tensor.Tensor.Count))
            .Should().BeLessThan(network.Nodes.Sum(static node => node.Operation.Tensors.Sum(static tensor => (long)tensor.Tensor.Count)));
    }

    private static void Check(Network network, int pictures)
    {
        using IExecutable<float> executable = Torch.Engine(("threads", "2")).Compile(network);
        Agreement.Check(network, executable, new Random(pictures), pictures, 1, [.. network.Outputs]);
    }
}
