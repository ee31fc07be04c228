using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Costs;
using PluginPrune.Core.Evaluation;
using PluginPrune.DatasetCifar;
using PluginPrune.EvaluatorClassification;
using PluginPrune.HeadClassify;
using PluginPrune.Plugins.Tests.Darknet;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Resnet;

/// <summary>The published networks for CIFAR-10, as files of torch before 1.6.</summary>
public sealed class RealNetworkTests
{
    [SharedDataTheory]
    [InlineData("resnet20-12fca82f.th", 269_722)]
    [InlineData("resnet56-4bfd9763.th", 853_018)]
    public void Old_files_are_read_and_written_again_with_the_same_tensors(string file, long parameters)
    {
        using var sketch = new ResnetSketch();
        Network network = ResnetSketch.ReadFile(SharedData.PathOf("data/resnet-cifar10/" + file));

        Network again = sketch.Cycle(network);

        NetworkCost.Of(network).Parameters.Should().Be(parameters);
        foreach ((Node one, Node other) in network.Nodes.Zip(again.Nodes))
        {
            other.Id.Should().Be(one.Id);
            foreach (var (before, after) in one.Operation.Tensors.Zip(other.Operation.Tensors))
            {
                after.Tensor.Bytes.SequenceEqual(before.Tensor.Bytes).Should().BeTrue("{0} {1}", one, before.Role);
            }
        }
    }

    // libtorch gets 1,627 right; decoders of JPEG may move it by 3.
    [SharedDataFact]
    public void Resnet20_gets_as_many_pictures_right_as_it_does_in_torch()
    {
        Network network = ResnetSketch.ReadFile(SharedData.PathOf("data/resnet-cifar10/resnet20-12fca82f.th"));
        Dataset dataset = PluginFactory.Create<CifarPlugin, IDatasetFormat>("folders")
            .Open(new DatasetSource(SharedData.PathOf("data/cifar10/cifar10-subset-5000train-2000test.zip"), "test", static _ => { }), CancellationToken.None);
        var services = new EvaluationServices(static kind => PluginFactory.Create<HeadClassifyPlugin, IHead>(kind), null);
        var context = new EvaluationContext([new EvaluationSubject("it", network, Computing.Engine())], services) { Dataset = dataset };

        EvaluationResult result = PluginFactory.Create<ClassificationEvaluatorPlugin, IEvaluator>("classification").Evaluate(context, CancellationToken.None)[0];

        dataset.ClassNames.Should().Equal("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
        result.Metrics.Single(static metric => metric.Name == "pictures").Value.Should().Be(2000);
        result.Metrics.Single(static metric => metric.Name == "right").Value.Should().BeInRange(1624, 1630);
    }
}
