using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Selection;
using PluginPrune.Core.Surgery;
using PluginPrune.CriterionBn;
using PluginPrune.FormatDarknet;
using PluginPrune.Plugins.Tests.Evaluators;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.TorchEngine;

/// <summary>Real networks, with synthetic weights where there are no others, before and after pruning, at a small size.</summary>
public sealed class TorchDarknetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pluginprune-torch-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [TorchSharedDataTheory]
    [InlineData("cfg/yolov3-tiny")]
    [InlineData("cfg/yolov3")]
    [InlineData("cfg/yolov3-spp")]
    [InlineData("cfg/yolov4-tiny")]
    [InlineData("cfg/yolov4")]
    [InlineData("yolo-fastest/yolo-fastest-1.1")]
    [InlineData("yolo-fastest/yolo-fastest-1.1-xl")]
    [InlineData("yolo-fastest/yolo-fastest-1.1_body")]
    [InlineData("mobilenetv2-yolo/MobileNetV2-YOLOv3-Nano-voc")]
    public void A_network_agrees_with_the_embedded_engine_before_and_after_pruning(string name)
    {
        string cfg = SharedData.PathOf($"data/darknet/{name}.cfg");
        string weights = Path.ChangeExtension(cfg, ".weights");
        if (!File.Exists(weights))
        {
            weights = Path.Combine(_folder, "synthetic.weights");
            SyntheticWeights.Write(cfg, weights);
        }

        AgreesBeforeAndAfterPruning(PluginFactory.Create<DarknetPlugin, IModelFormat>("darknet").Read(new ModelSource(cfg, weights, static _ => { }), CancellationToken.None));
    }

    [TorchFact]
    public void The_sample_agrees_with_the_embedded_engine_before_and_after_pruning() => AgreesBeforeAndAfterPruning(Evaluations.ReadSample());

    private static void AgreesBeforeAndAfterPruning(Network whole)
    {
        Network network = whole.WithInputSize(64, 96);
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
