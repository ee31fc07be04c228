using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Plugins.Tests.Onnx;
using PluginPrune.Plugins.Tests.OnnxRuntime;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.OnnxReading;

/// <summary>What we write we read again: the same tensors, and the same results.</summary>
public sealed class RoundTripTests : IDisposable
{
    private readonly OnnxFiles _files = new();

    public void Dispose() => _files.Dispose();

    [OnnxRuntimeTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Random_networks_compute_the_same_after_reading(int part)
    {
        for (int seed = part * 20; seed < (part + 1) * 20; seed++)
        {
            (string, string)[] options = seed % 2 == 0 ? [("keep-bn", "true")] : [("opset", "18")];
            byte[] file = OnnxFile.Write(RandomNetworks.Make(seed, isPadded: true, preservesZero: false), options);

            KeptOperatorTests.ShouldAgree(file, _files.Read(file), pictures: 1);
        }
    }

    [Fact]
    public void A_detector_comes_back_with_its_layers_its_heads_and_its_pictures()
    {
        Network network = OnnxNetworks.Detector();
        network = new Network(network.Name, network.Inputs, network.Nodes, network.Heads) { ClassNames = ["cat", "it's \"ü\""] };

        Network read = _files.Read(OnnxFile.Write(network, ("keep-bn", "true")));

        // What a head reads and a layer too is named apart inside, and leaves the network under its own name.
        read.Nodes.Where(static node => node.Operation is not Identity).Select(static node => (node.Id.Replace(".value", string.Empty, StringComparison.Ordinal), node.Operation.Name))
            .Should().Equal(network.Nodes.Select(static node => (node.Id, node.Operation.Name)));
        read.Inputs.Should().BeEquivalentTo(network.Inputs);
        read.ClassNames.Should().Equal(network.ClassNames);
        read.Heads.Select(static head => (head.Kind, head.Input)).Should().Equal(network.Heads.Select(static head => (head.Kind, head.Input)));
        read.Heads[1].Parameters.Should().BeEquivalentTo(network.Heads[1].Parameters);
        _files.Warnings.Should().BeEmpty();
    }

    [Fact]
    public void Every_tensor_comes_back_bit_for_bit()
    {
        Network network = OnnxNetworks.Detector();

        Network read = _files.Read(OnnxFile.Write(network, ("keep-bn", "true")));

        byte[][] expected = [.. network.Nodes.SelectMany(static node => node.Operation.Tensors).Select(static tensor => tensor.Tensor.Bytes.ToArray())];
        byte[][] actual = [.. read.Nodes.SelectMany(static node => node.Operation.Tensors).Select(static tensor => tensor.Tensor.Bytes.ToArray())];
        actual.Should().BeEquivalentTo(expected, static options => options.WithStrictOrdering());
    }

    [Fact]
    public void A_file_that_was_written_is_written_again_byte_for_byte()
    {
        byte[] file = OnnxFile.Write(OnnxNetworks.Detector(), ("keep-bn", "true"));
        byte[] once = OnnxFile.Write(_files.Read(file));

        OnnxFile.Write(_files.Read(once)).Should().Equal(once);
    }

    [Fact]
    public void Batch_norm_stays_what_it_was_in_the_file()
    {
        Network network = OnnxNetworks.Detector();

        OnnxFile.Of(_files.Read(OnnxFile.Write(network, ("keep-bn", "true")))).Operators.Should().Contain("BatchNormalization");
        OnnxFile.Of(_files.Read(OnnxFile.Write(network))).Operators.Should().NotContain("BatchNormalization");
    }

    [Theory]
    [InlineData("decoded")]
    [InlineData("v6.0")]
    [InlineData("v7.0")]
    [InlineData("v5.0")]
    public void What_outputs_are_is_told_again(string form)
    {
        Network read = _files.Read(OnnxFile.Write(OnnxNetworks.Detector(kind: "yolov5"), ("outputs", form)));

        OnnxFile again = OnnxFile.Of(read);

        again.Metadata["outputs"].Should().Be(form);
        again.Outputs.Should().Equal(OnnxFile.Of(OnnxNetworks.Detector(kind: "yolov5"), ("outputs", form)).Outputs);
    }

    [Fact]
    public void What_heads_read_comes_back_of_outputs_that_hold_it_anchor_by_anchor()
    {
        Network network = OnnxNetworks.Detector(kind: "yolov5");
        byte[] file = OnnxFile.Write(network, ("outputs", "v5.0"));

        Network read = _files.Read(file);
        Network again = _files.Read(OnnxFile.Write(read));

        foreach (Network one in new[] { read, again })
        {
            one.Heads.Select(static head => head.Kind).Should().Equal("yolov5", "yolov5");
            one.Heads.Select(head => one.ShapeOf(head.Input)).Should().Equal(network.Heads.Select(head => network.ShapeOf(head.Input)));
            one.Nodes.Should().NotContain(static node => node.Operation is Transpose, "what is put into another order comes after what is run, trained and cropped");
            one.Heads.Select(static head => head.Parameters["anchors"]).Should().BeEquivalentTo(network.Heads.Select(static head => head.Parameters["anchors"]));
            Cropping.Crops.Outputs(one).Select(static batch => batch.Elements[0]).Should().Equal(Cropping.Crops.Outputs(read).Select(static batch => batch.Elements[0]));
        }

        // The level goes with the output that told of it.
        OnnxFile.Of(Cropping.Crops.Of(read, "P3").Network).Outputs.Should().ContainSingle();
    }

    [Theory]
    [InlineData("raw")]
    [InlineData("decoded")]
    [InlineData("v6.0")]
    [InlineData("v7.0")]
    public void What_gives_maps_is_written_in_other_forms(string form)
    {
        Network network = OnnxNetworks.Detector(kind: "yolov5");
        Network read = _files.Read(OnnxFile.Write(network, ("outputs", "v5.0"), ("output-names", "output,another")));

        OnnxFile.Of(read).Outputs.Should().Equal(OnnxFile.Of(network, ("outputs", "v5.0"), ("output-names", "output,another")).Outputs);
        OnnxFile.Of(read, ("outputs", form)).Outputs.Should().Equal(OnnxFile.Of(network, ("outputs", form)).Outputs);
    }

    [Fact]
    public void Classes_go_from_outputs_that_hold_them_anchor_by_anchor()
    {
        Network read = _files.Read(OnnxFile.Write(OnnxNetworks.Detector(classes: 3), ("outputs", "v5.0")));

        // What the coarse head reads is read by others too: its classes must stay.
        OnnxFile small = OnnxFile.Of(Cropping.Crops.Of(read, "P3", "0", "2").Network);

        small.Outputs.Should().Equal("map1 [1, 2, 8, 12, 7]");
        small.Metadata["outputs"].Should().Be("v5.0");
    }

    [Fact]
    public void Maps_of_another_order_stay_as_they_are()
    {
        // Here the numbers of a box stand before its anchors.
        const string Heads = """[{"output": "y", "kind": "yolov5", "classes": [2], "anchors": [1, 2, 3, 4, 5, 6]}]""";
        OnnxSketch sketch = new OnnxSketch().Input("x", 1, 3, 16, 16).Conv("x", "c", 3, 21).Integers("shape", 1, 7, 3, 16, 16).Node("Reshape", ["c", "shape"], ["r"])
            .Node("Transpose", "r", "y", ("perm", OnnxSketch.Ints(0, 1, 3, 4, 2))).Output("y").Metadata("heads", Heads);

        Network read = _files.Read(sketch);

        read.Heads.Should().ContainSingle().Which.Input.Should().Be("y");
        OnnxFile.Of(read).Outputs.Should().Equal("y [1, 7, 16, 16, 3]");
    }

    [Fact]
    public void A_file_whose_sizes_are_open_tells_for_which_it_was_made()
    {
        Network network = OnnxNetworks.Detector();

        Network read = _files.Read(OnnxFile.Write(network, ("dynamic-size", "true")));

        read.Inputs[0].Shape.Should().Be(network.Inputs[0].Shape);
    }
}
