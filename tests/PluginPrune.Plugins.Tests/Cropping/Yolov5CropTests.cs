using System.Text;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Costs;
using PluginPrune.Core.Surgery;
using PluginPrune.FormatYolov5;
using PluginPrune.Plugins.Tests.Darknet;
using PluginPrune.Plugins.Tests.Yolov5;
using PluginPrune.Shared.TorchFiles;
using PluginPrune.Shared.TorchFiles.Pickles;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Cropping;

public sealed class Yolov5CropTests : IDisposable
{
    private readonly Yolov5Sketch _sketch = new();

    public void Dispose() => _sketch.Dispose();

    [Theory]
    [InlineData("P5", "checkpoint", true)]
    [InlineData("P3", "checkpoint", true)]
    [InlineData("P4,P5", "checkpoint", true)]
    [InlineData("P3,P5", "state-dict", true)]
    [InlineData("P5", "safetensors", false)]
    [InlineData("P5", "checkpoint", false)]
    public void A_model_with_fewer_levels_is_read_again(string levels, string content, bool isLate)
    {
        Network whole = Described(isLate);
        Network crop = Crops.Of(whole, levels).Network.WithInputSize(64, 96);

        Network again = Cycle(crop, content).WithInputSize(64, 96);

        again.Heads.Should().HaveCount(3 - levels.Split(',').Length);
        again.Heads.Zip(crop.Heads).Should().OnlyContain(static pair => pair.First.Parameters["anchors"].SequenceEqual(pair.Second.Parameters["anchors"]));
        again.Heads.Zip(crop.Heads).Should().OnlyContain(static pair => pair.First.Parameters["level"].SequenceEqual(pair.Second.Parameters["level"]));
        var before = Crops.Outputs(whole.WithInputSize(64, 96));
        foreach ((Head head, var output) in again.Heads.Zip(Crops.Outputs(again)))
        {
            int level = whole.Heads.ToList().FindIndex(other => other.Parameters["anchors"].SequenceEqual(head.Parameters["anchors"]));
            output.Elements.Should().Equal(before[level].Elements);
        }
    }

    [Theory]
    [InlineData("checkpoint")]
    [InlineData("state-dict")]
    public void A_model_with_fewer_classes_is_read_again_with_their_names(string content)
    {
        Network whole = Described(isLate: true);
        Network crop = Crops.Of(whole, "P3", "dog").Network;

        Network again = Cycle(crop, content);

        again.ClassNames.Should().Equal("dog");
        again.Heads.Select(static head => head.Number("classes", 0)).Should().Equal(1, 1);
        Crops.Outputs(again.WithInputSize(64, 96))[0].Elements.Should().Equal(Crops.Channels(Crops.Outputs(whole.WithInputSize(64, 96))[1], 3, 2, 1));
    }

    [Fact]
    public void The_description_tells_what_is_left()
    {
        Network crop = Crops.Of(Described(isLate: true), "P5", "dog").Network;

        string yaml = Encoding.UTF8.GetString(Write(crop, "state-dict").Single(static file => file.Extension == ".yaml").Bytes);

        yaml.Should().Contain("nc: 1\n").And.Contain("[[17, 20], 1, Detect, [nc, anchors]]").And.Contain("width_multiple: 0.25").And.NotContain("116").And.NotContain("[[-1, 10]");
    }

    [Fact]
    public void Layers_that_only_an_upper_level_needs_go_and_others_stay()
    {
        Network whole = Described(isLate: true);

        long left = NetworkCost.Of(Crops.Of(whole, "P5").Network).Parameters;

        // Of the rows of reference 1.3 those behind layer 20: 147,712 (21) + 296,448 (23) + the third convolution of Detect, of yolov5n a quarter.
        long gone = whole.Nodes.Where(static node => node.Origin.Layer.Split('.')[0] is "21" or "22" or "23" || node.Id == "24.m.2").Sum(static node => node.Operation.Tensors.Where(static tensor => tensor.IsLearned).Sum(static tensor => (long)tensor.Tensor.Count));
        left.Should().Be(NetworkCost.Of(whole).Parameters - gone);
        NetworkCost.Of(Crops.Of(whole, "P3").Network).Parameters.Should().Be(NetworkCost.Of(whole).Parameters - whole["24.m.0"].Operation.Tensors.Sum(static tensor => (long)tensor.Tensor.Count));
    }

    [Fact]
    public void Layers_in_another_order_are_renumbered()
    {
        // Detect reads layer 8 and then layer 5; without the finer level layers 6 to 8 go.
        Network crop = Crops.Of(_sketch.Read(_sketch.Small()), "P3").Network;

        Network again = Cycle(crop, "checkpoint");

        again.Heads.Select(static head => head.Id).Should().Equal("6.0");
        Crops.Outputs(again.WithInputSize(64, 64))[0].Elements.Should().Equal(Crops.Outputs(crop.WithInputSize(64, 64))[0].Elements);
    }

    [SharedDataFact]
    public void A_published_checkpoint_keeps_its_state_bit_for_bit()
    {
        Network whole = Yolov5Sketch.ReadFile(SharedData.PathOf("data/yolov5/yolov5n.pt"));
        Network crop = Crops.Of(whole, "P5", "person", "dog").Network;

        Network again = Cycle(crop, "checkpoint");

        again.ClassNames.Should().Equal("person", "dog");
        again.Heads[1].Parameters["anchors"].Should().Equal(whole.Heads[1].Parameters["anchors"]);
        again["20.cv3.conv"].Operation.Tensors[0].Tensor.Bytes.ToArray().Should().Equal(whole["20.cv3.conv"].Operation.Tensors[0].Tensor.Bytes.ToArray());
        ((Convolution)again["21.m.1"].Operation).OutputChannels.Should().Be(3 * 7);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_was_noted_of_classes_that_go_goes_too(bool areNamed)
    {
        TorchObject model = _sketch.Small().With("nc", 2).With("class_weights", Tensor.FromFloats(0.25f, 1.75f));
        Network crop = Crops.Of(_sketch.Read(areNamed ? model : model.With("names", (string[])["cat", "cat"])), string.Empty, "1").Network;
        crop.Heads[0].Number("classes", 0).Should().Be(1);

        using var torch = TorchFile.Open(new MemoryStream(Write(crop, "checkpoint").Single(static file => file.Extension == ".pt").Bytes));

        var state = (PickleDictionary)((PickleObject)PickleDictionary.Of(torch.Root)!["model"]!).State!;
        state["nc"].Should().Be(1L);
        float[]? weights = TorchTensor.Of(state["class_weights"]) is { } stored ? torch.Read(stored).Floats.ToArray() : null;
        weights.Should().BeEquivalentTo(areNamed ? (float[])[1.75f] : null, "of equal names nobody knows whose a number is");
    }

    private Network Described(bool isLate)
    {
        File.WriteAllText(_sketch.PathOf("n.yaml"), PublishedModels.Yaml("n", isLate).Replace("nc: 80", "nc: 2\nnames: [cat, dog]", StringComparison.Ordinal));
        Network network = Yolov5Sketch.Format.Read(new ModelSource(_sketch.PathOf("n.yaml"), null, static _ => { }) { IsUntrained = true }, CancellationToken.None);
        return network.With(network.Nodes.Select(node => node.Operation is Convolution convolution
            ? node with { Operation = convolution with { Weight = _sketch.Numbers([.. convolution.Weight.Shape.Dimensions]), Bias = convolution.Bias is { } bias ? _sketch.Numbers(bias.Count) : null } }
            : node), network.Heads);
    }

    private static (string Extension, byte[] Bytes)[] Write(Network network, string content)
    {
        IModelFormat format = PluginFactory.Create<Yolov5Plugin, IModelFormat>("yolov5", ("content", content));
        format.FindObstacles(network).Should().BeEmpty();
        var sink = new MemorySink();
        format.Write(network, sink, CancellationToken.None);
        return [.. sink.Files];
    }

    private Network Cycle(Network network, string content)
    {
        (string Extension, byte[] Bytes)[] files = Write(network, content);
        foreach ((string extension, byte[] bytes) in files)
        {
            File.WriteAllBytes(_sketch.PathOf("again" + extension), bytes);
        }

        return Yolov5Sketch.ReadFile(_sketch.PathOf("again" + files[0].Extension));
    }
}
