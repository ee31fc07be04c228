using System.Security.Cryptography;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Darknet;

public sealed class RealFilesTests : IDisposable
{
    private readonly Scratch _scratch = new();

    [SharedDataTheory]
    [InlineData("cfg/yolov3")]
    [InlineData("cfg/yolov3-spp")]
    [InlineData("cfg/yolov3-tiny")]
    [InlineData("cfg/yolov4")]
    [InlineData("cfg/yolov4-tiny")]
    [InlineData("yolo-fastest/yolo-fastest-1.1")]
    [InlineData("yolo-fastest/yolo-fastest-1.1-xl")]
    [InlineData("yolo-fastest/yolo-fastest-1.1_body")]
    [InlineData("mobilenetv2-yolo/MobileNetV2-YOLOv3-Nano-voc")]
    public void What_is_read_and_written_unchanged_is_the_same_file(string name)
    {
        string cfg = SharedData.PathOf($"data/darknet/{name}.cfg");
        string weights = WeightsOf(name, cfg);

        Network network = _scratch.ReadFile(cfg, weights);
        MemorySink written = _scratch.Write(network);

        written.Cfg.Should().Be(File.ReadAllText(cfg));
        written.Weights.AsSpan().SequenceEqual(File.ReadAllBytes(weights)).Should().BeTrue("every byte of the weights must come back");
        _scratch.Warnings.Should().BeEmpty();
    }

    [SharedDataTheory]
    [InlineData("cfg/yolov3")]
    [InlineData("cfg/yolov3-spp")]
    [InlineData("cfg/yolov3-tiny")]
    [InlineData("cfg/yolov4")]
    [InlineData("cfg/yolov4-tiny")]
    [InlineData("yolo-fastest/yolo-fastest-1.1-xl")]
    [InlineData("mobilenetv2-yolo/MobileNetV2-YOLOv3-Nano-voc")]
    public void A_network_without_its_annotations_is_written_as_a_file_that_means_the_same(string name)
    {
        string cfg = SharedData.PathOf($"data/darknet/{name}.cfg");
        Network network = _scratch.ReadFile(cfg, WeightsOf(name, cfg));

        (_, Network again) = _scratch.WriteAndReadAgain(network.WithoutAnnotations());

        Meaning.Of(again).Should().Equal(Meaning.Of(network));
    }

    [SharedDataTheory]
    [InlineData("yolov3", 61_949_149)]
    [InlineData("yolov3-spp", 62_998_749)]
    public void Parameters_are_those_that_are_published(string name, long expected)
    {
        string cfg = SharedData.PathOf($"data/darknet/cfg/{name}.cfg");

        Network network = _scratch.ReadFile(cfg, WeightsOf($"cfg/{name}", cfg));

        network.Nodes.SelectMany(static node => node.Operation.Tensors).Where(static tensor => tensor.IsLearned).Sum(static tensor => (long)tensor.Tensor.Count)
            .Should().Be(expected);
    }

    [SharedDataFact]
    public void Synthetic_weights_are_the_golden_ones()
    {
        SyntheticWeights.Write(SharedData.PathOf("data/darknet/cfg/yolov3.cfg"), _scratch.WeightsPath);

        using FileStream stream = File.OpenRead(_scratch.WeightsPath);
        Convert.ToHexStringLower(SHA256.HashData(stream)).Should().Be("872a820062d44e809e7db4bdba350cd6850e1fd1d514c7cee68da32c15668b5b");
    }

    [SharedDataFact]
    public void Yolov3_has_the_heads_and_shapes_of_its_paper()
    {
        string cfg = SharedData.PathOf("data/darknet/cfg/yolov3.cfg");

        Network network = _scratch.ReadFile(cfg, WeightsOf("cfg/yolov3", cfg));

        network.Heads.Select(static head => head.Id).Should().Equal("82.yolo", "94.yolo", "106.yolo");
        network.Heads.Select(head => network.ShapeOf(head.Input).ToString()).Should().Equal("255 x 13 x 13", "255 x 26 x 26", "255 x 52 x 52");
        network.Nodes.Count(static node => node.Operation is Add).Should().Be(23);
        network.Heads[0].Parameters["mask"].Should().Equal(6, 7, 8);
        network.Heads[0].Parameters["anchors"].Should().HaveCount(18);
    }

    [SharedDataTheory]
    [InlineData("8enmann_yolov3-tiny.weights", "yolov3-tiny", "symbolic link", "../YOLOw-Keras/yolov3-tiny.weights")]
    [InlineData("lfs_yolov4-tiny.weights", "yolov4-tiny", "Git LFS pointer", "git lfs pull")]
    [InlineData("tatarikk_yolov4-tiny.weights", "yolov4-tiny", "EF BF BD", "get the file again")]
    public void Files_that_are_no_weights_are_refused_with_the_true_reason(string file, string cfg, string reason, string remedy)
    {
        Action read = () => _scratch.ReadFile(SharedData.PathOf($"data/darknet/cfg/{cfg}.cfg"), SharedData.PathOf($"data/darknet/bad/{file}"));

        read.Should().Throw<InputException>().Which.Message.Should().Contain(reason).And.Contain(remedy).And.Contain(file);
    }

    [SharedDataFact]
    public void Every_way_of_taking_a_block_out_of_yolov3_is_written_as_what_it_is()
    {
        // Shortcut 61 is read by a route 40 layers on; 36 too; 4 opens a stage.
        string cfg = SharedData.PathOf("data/darknet/cfg/yolov3.cfg");
        Network network = _scratch.ReadFile(cfg, WeightsOf("cfg/yolov3", cfg));
        foreach (int shortcut in (int[])[61, 58, 36, 33, 55, 8, 74, 52])
        {
            Node sum = network[$"{shortcut}.add"];
            string input = sum.Inputs.Single(value => !value.StartsWith($"{shortcut - 1}.", StringComparison.Ordinal));
            network = network.WithoutBlock(sum.Id, input, $"{shortcut - 2}", $"{shortcut - 1}", $"{shortcut}");
        }

        (MemorySink written, Network again) = _scratch.WriteAndReadAgain(network);

        Meaning.Of(again).Should().Equal(Meaning.Of(network));
        written.Cfg.Split('\n').Where(static line => line.StartsWith("layers", StringComparison.Ordinal))
            .Should().Equal("layers = -4", "layers = -1, 40", "layers = -4", "layers = -1, 27");
        written.Cfg.Should().NotContain("[activation]").And.Contain("# Downsample");
    }

    public void Dispose() => _scratch.Dispose();

    private string WeightsOf(string name, string cfg)
    {
        string beside = SharedData.PathOf($"data/darknet/{name}.weights");
        if (File.Exists(beside))
        {
            return beside;
        }

        string made = Path.Combine(_scratch.Folder, "made.weights");
        SyntheticWeights.Write(cfg, made);
        return made;
    }
}
