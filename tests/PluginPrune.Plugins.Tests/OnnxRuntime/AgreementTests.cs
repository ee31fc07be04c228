using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Selection;
using PluginPrune.Core.Surgery;
using PluginPrune.CriterionBn;
using PluginPrune.FormatDarknet;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.OnnxRuntime;

/// <summary>What is written as ONNX computes in ONNX Runtime what the embedded engine computes.</summary>
public sealed class AgreementTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pluginprune-ort-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [OnnxRuntimeTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Random_networks_agree(int part)
    {
        for (int seed = part * 20; seed < (part + 1) * 20; seed++)
        {
            Ort.ShouldAgree(RandomNetworks.Make(seed, isPadded: true, preservesZero: false), pictures: 1 + (seed % 3));
        }
    }

    [OnnxRuntimeFact]
    public void Every_value_of_a_random_network_agrees()
    {
        // Network 108 normalizes over values that are all but equal; against double precision the engines are 5e-4 and 1e-4 off there.
        foreach (int seed in Enumerable.Range(100, 10).Except([108]))
        {
            Network network = RandomNetworks.Make(seed, isPadded: true, preservesZero: false);

            Ort.ShouldAgree(network, values: [.. network.Nodes.Select(static node => node.Id)]);
        }
    }

    // Smaller pictures than the cfg's: the operations are the same.
    [OnnxRuntimeTheory(NeedsSharedData = true)]
    [InlineData("cfg/yolov3", 96)]
    [InlineData("cfg/yolov3-spp", 96)]
    [InlineData("cfg/yolov3-tiny", 128)]
    [InlineData("cfg/yolov4", 96)]
    [InlineData("cfg/yolov4-tiny", 128)]
    [InlineData("yolo-fastest/yolo-fastest-1.1", 320)]
    [InlineData("yolo-fastest/yolo-fastest-1.1-xl", 320)]
    [InlineData("yolo-fastest/yolo-fastest-1.1_body", 320)]
    [InlineData("mobilenetv2-yolo/MobileNetV2-YOLOv3-Nano-voc", 320)]
    public void Real_networks_agree_before_and_after_pruning(string name, int size) =>
        AgreesBeforeAndAfterPruning(SharedData.PathOf($"data/darknet/{name}.cfg"), size);

    [OnnxRuntimeFact]
    public void The_sample_agrees_before_and_after_pruning()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "PluginPrune.sln")))
        {
            root = root.Parent!;
        }

        AgreesBeforeAndAfterPruning(Path.Combine(root.FullName, "cfg", "sample.cfg"), 160);
    }

    // Local and linear layers, reorg, crop, groups.
    [OnnxRuntimeTheory(NeedsDebianDarknet = true)]
    [InlineData("yolov1", null)]
    [InlineData("yolov2", 96)]
    [InlineData("darknet19", 64)]
    [InlineData("resnext50", 64)]
    [InlineData("densenet201", 64)]
    [InlineData("alexnet", null)]
    public void Networks_of_the_older_Darknet_agree(string name, int? size)
    {
        Network network = Read(DebianDarknet.PathOf(name));

        Ort.ShouldAgree(size is { } side ? network.WithInputSize(side, side) : network);
    }

    private void AgreesBeforeAndAfterPruning(string cfg, int size)
    {
        Network network = Read(cfg);
        Ort.ShouldAgree(network.WithInputSize(size, size));

        Network small = Prune(network);
        small.Nodes.Sum(static node => node.Operation.Tensors.Sum(static tensor => (long)tensor.Tensor.Count))
            .Should().BeLessThan(network.Nodes.Sum(static node => node.Operation.Tensors.Sum(static tensor => (long)tensor.Tensor.Count)));
        Ort.ShouldAgree(small.WithInputSize(size, size), pictures: 2);
    }

    private Network Read(string cfg)
    {
        string weights = Path.ChangeExtension(cfg, ".weights");
        if (!File.Exists(weights))
        {
            weights = Path.Combine(_folder, "net.weights");
            SyntheticWeights.Write(cfg, weights);
        }

        return PluginFactory.Create<DarknetPlugin, IModelFormat>("darknet").Read(new ModelSource(cfg, weights, static _ => { }), CancellationToken.None);
    }

    private static Network Prune(Network network)
    {
        var services = new PruningServices((_, _) => throw new InvalidOperationException("No criterion is asked for here."));
        var request = new PlanRequest { Criterion = PluginFactory.Create<BatchNormPlugin, IPruningCriterion>("slim", ("global-percent", "0.4")) };
        PlanResult plan = new PlanMaker(services).Make(network, request, CancellationToken.None);
        return NetworkSurgeon.Apply(plan.Plan, CancellationToken.None).Network;
    }
}
