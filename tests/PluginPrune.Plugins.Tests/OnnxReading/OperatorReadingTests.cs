using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.TestKit;
using static PluginPrune.Plugins.Tests.OnnxReading.OnnxSketch;

namespace PluginPrune.Plugins.Tests.OnnxReading;

/// <summary>What other tools write becomes the operations that it means.</summary>
public sealed class OperatorReadingTests : IDisposable
{
    private readonly OnnxFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_layer_of_several_operators_is_one_layer()
    {
        OnnxSketch sketch = Picture().Conv("x", "c", 3, 8, 3, ("pads", Ints(1, 1, 1, 1)), ("strides", Ints(2, 2)));
        foreach (string part in (string[])["g", "b", "m"])
        {
            sketch.Weights(part, 8);
        }

        Network network = Read(sketch.Floats("v", 1, 2, 3, 4, 5, 6, 7, 8)
            .Node("BatchNormalization", ["c", "g", "b", "m", "v"], ["n"], ("epsilon", 1e-3f)).Node("Sigmoid", "n", "s").Node("Mul", ["n", "s"], ["y"]).Output("y", 1, 8, 8, 8));

        network.Nodes.Select(static node => node.Operation.Name).Should().Equal("convolution", "batch norm", "activation");
        network.Nodes[0].Operation.Should().BeOfType<Convolution>().Which.Should().Match<Convolution>(static conv => conv.Padding == Padding.Same(1) && conv.Stride == Extent.Square(2));
        network.Nodes[1].Operation.Should().BeOfType<BatchNorm>().Which.Epsilon.Should().BeApproximately(1e-3, 1e-9);
        network.Nodes[2].Operation.Should().Be(new Activation(ActivationKind.Silu));
        network.Nodes.Select(static node => node.Origin.Layer).Distinct(StringComparer.Ordinal).Should().Equal("c node");
        network.Outputs.Should().Equal("y");
    }

    [Theory]
    [InlineData("SAME_UPPER", 16, 2, 3, 0, 1)]
    [InlineData("SAME_LOWER", 16, 2, 3, 1, 0)]
    [InlineData("SAME_UPPER", 15, 2, 3, 1, 1)]
    [InlineData("VALID", 16, 2, 3, 0, 0)]
    public void Automatic_padding_is_worked_out(string automatic, int side, int stride, int kernel, int before, int behind)
    {
        Network network = Read(new OnnxSketch().Input("x", 1, 3, side, side).Conv("x", "y", 3, 4, kernel, ("auto_pad", automatic), ("strides", Ints(stride, stride))).Output("y"));

        network["y"].Operation.Should().BeOfType<Convolution>().Which.Padding.Should().Be(new Padding(before, before, behind, behind));
    }

    [Fact]
    public void Zeros_around_a_map_go_into_the_convolution_behind_them()
    {
        Network network = Read(Picture().Integers("pads", 0, 0, 1, 2, 0, 0, 3, 4).Node("Pad", ["x", "pads"], ["p"]).Conv("p", "y", 3, 4, 3).Output("y"));

        network.Nodes.Should().ContainSingle().Which.Operation.Should().BeOfType<Convolution>().Which.Padding.Should().Be(new Padding(1, 2, 3, 4));
    }

    [Fact]
    public void Zeros_around_a_map_stand_alone_where_no_convolution_takes_them()
    {
        Network network = Read(Picture().Integers("pads", 0, 0, 0, 0, 0, 0, 1, 1).Node("Pad", ["x", "pads"], ["p"]).Node("MaxPool", "p", "y", ("kernel_shape", Ints(2, 2))).Output("y"));

        network.Nodes.Select(static node => node.Operation.Name).Should().Equal("depthwise convolution", "max pool");
        network.ShapeOf("y").Should().Be(new Shape(3, 16, 16));
    }

    [Theory]
    [InlineData("Relu", ActivationKind.Relu)]
    [InlineData("Tanh", ActivationKind.Tanh)]
    [InlineData("HardSwish", ActivationKind.HardSwish)]
    [InlineData("Mish", ActivationKind.Mish)]
    [InlineData("Elu", ActivationKind.Elu)]
    public void Activations_are_known(string operation, ActivationKind kind) =>
        Read(Picture(18).Node(operation, "x", "y").Output("y"))["y"].Operation.Should().Be(new Activation(kind));

    [Fact]
    public void Settings_are_the_numbers_that_were_meant()
    {
        // In single precision 0.1 is 0.100000001; formats that know the slope 0.1 would not know that.
        Read(Picture().Node("LeakyRelu", "x", "y", ("alpha", 0.1f)).Output("y"))["y"].Operation.Should().Be(new Activation(ActivationKind.LeakyRelu) { Slope = 0.1 });
        Read(Picture().Floats("s", 0.2f).Node("PRelu", ["x", "s"], ["y"]).Output("y"))["y"].Operation.Should().Be(new Activation(ActivationKind.LeakyRelu) { Slope = 0.2 });
    }

    [Theory]
    [InlineData(0, 6, ActivationKind.Relu6)]
    [InlineData(-1, 1, ActivationKind.HardTanh)]
    [InlineData(0, float.PositiveInfinity, ActivationKind.Relu)]
    public void Clipping_is_an_activation_in_both_of_its_forms(float low, float high, ActivationKind kind)
    {
        Read(Picture(9).Node("Clip", "x", "y", ("min", low), ("max", high)).Output("y"))["y"].Operation.Should().Be(new Activation(kind));
        Read(Picture().Number("low", low).Number("high", high).Node("Clip", ["x", "low", "high"], ["y"]).Output("y"))["y"].Operation.Should().Be(new Activation(kind));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Hard_swish_is_known_in_the_ways_that_it_is_spelled_out(bool dividesLast)
    {
        OnnxSketch sketch = Picture().Number("three", 3).Number("six", 6).Number("zero", 0).Conv("x", "c", 3, 4)
            .Node("Add", ["c", "three"], ["a"]).Node("Clip", ["a", "zero", "six"], ["r"]);
        sketch = dividesLast
            ? sketch.Node("Mul", ["c", "r"], ["m"]).Node("Div", ["m", "six"], ["y"])
            : sketch.Node("Div", ["r", "six"], ["d"]).Node("Mul", ["d", "c"], ["y"]);

        Network network = Read(sketch.Output("y"));

        network.Nodes.Should().HaveCount(2);
        network["y"].Operation.Should().Be(new Activation(ActivationKind.HardSwish));
    }

    [Fact]
    public void Mish_is_known_where_it_is_spelled_out()
    {
        Network network = Read(Picture().Conv("x", "c", 3, 4).Node("Softplus", "c", "s").Node("Tanh", "s", "t").Node("Mul", ["c", "t"], ["y"]).Output("y"));

        network.Nodes.Select(static node => node.Operation).Last().Should().Be(new Activation(ActivationKind.Mish));
        network.Nodes.Should().HaveCount(2);
    }

    [Fact]
    public void A_constant_for_each_channel_behind_a_convolution_is_its_bias()
    {
        Network network = Read(Picture().Weights("w", 4, 3, 1, 1).Tensor("b", 1, [.. ((float[])[1, 2, 3, 4]).SelectMany(BitConverter.GetBytes)], 4, 1, 1)
            .Node("Conv", ["x", "w"], ["c"]).Node("Add", ["c", "b"], ["y"]).Output("y"));

        network.Nodes.Should().ContainSingle().Which.Operation.Should().BeOfType<Convolution>().Which.Bias!.Floats.ToArray().Should().Equal(1, 2, 3, 4);
    }

    [Fact]
    public void Parts_of_channels_are_slices_that_pruning_may_move()
    {
        Network network = Read(Picture().Conv("x", "c", 3, 8).Node("Split", ["c"], ["a", "b"], ("axis", 1)).Node("Relu", "b", "r").Node("Concat", ["a", "r", "c"], ["y"], ("axis", 1)).Output("y"));

        network["a"].Operation.Should().Be(new Slice(0, 4));
        network["b"].Operation.Should().Be(new Slice(4, 4));
        network.ShapeOf("y").Channels.Should().Be(16);
    }

    [Fact]
    public void A_shuffle_of_channels_is_known_where_it_is_spelled_out()
    {
        Network network = Read(Picture().Conv("x", "c", 3, 8).Integers("apart", 1, 2, 4, 16, 16).Integers("together", 1, 8, 16, 16)
            .Node("Reshape", ["c", "apart"], ["m"]).Node("Transpose", "m", "t", ("perm", Ints(0, 2, 1, 3, 4))).Node("Reshape", ["t", "together"], ["y"]).Output("y"));

        network["y"].Operation.Should().Be(new ChannelShuffle(2));
        network["y"].Inputs.Should().Equal("c");
    }

    [Fact]
    public void The_slices_of_a_focus_are_one_operation()
    {
        OnnxSketch sketch = Picture().Integers("rows", 2).Integers("columns", 3).Integers("end", int.MaxValue).Integers("two", 2).Integers("0", 0).Integers("1", 1);
        int part = 0;
        foreach ((string row, string column) in ((string, string)[])[("0", "0"), ("1", "0"), ("0", "1"), ("1", "1")])
        {
            part++;
            sketch.Node("Slice", ["x", row, "end", "rows", "two"], [$"r{part}"]).Node("Slice", [$"r{part}", column, "end", "columns", "two"], [$"p{part}"]);
        }

        Network network = Read(sketch.Node("Concat", ["p1", "p2", "p3", "p4"], ["f"], ("axis", 1)).Conv("f", "y", 12, 4).Output("y"));

        network.Nodes.Select(static node => node.Operation.Name).Should().Equal("space to depth", "convolution");
        network["f"].Operation.Should().Be(new SpaceToDepth(2, ColumnsFirst: true));
    }

    [Theory]
    [InlineData("asymmetric", "floor", true)]
    [InlineData("half_pixel", "round_prefer_floor", true)]
    [InlineData("align_corners", "round_prefer_floor", false)]
    [InlineData("half_pixel", "floor", false)]
    public void Nearest_neighbours_are_repeated_where_that_is_what_comes_out(string coordinates, string rounding, bool repeats)
    {
        Network network = Read(Picture().Floats("scales", 1, 1, 2, 2)
            .Node("Resize", ["x", string.Empty, "scales"], ["y"], ("mode", "nearest"), ("coordinate_transformation_mode", coordinates), ("nearest_mode", rounding)).Output("y"));

        network["y"].Operation.Should().Match<Operation>(operation => repeats ? operation.Equals(new Upsample(2)) : operation is Opaque);
        network.ShapeOf("y").Should().Be(new Shape(3, 32, 32));
    }

    [Fact]
    public void Linear_layers_are_read_whichever_way_their_matrix_lies()
    {
        Network network = Read(Picture().Node("GlobalAveragePool", "x", "g").Node("Flatten", "g", "f").Weights("w", 3, 5).Weights("b", 5)
            .Node("Gemm", ["f", "w", "b"], ["l"]).Weights("m", 5, 4).Weights("n", 4).Node("MatMul", ["l", "m"], ["k"]).Node("Add", ["k", "n"], ["y"]).Output("y"));

        network["l"].Operation.Should().BeOfType<Linear>().Which.Weight.Shape.Should().Be(new Shape(5, 3));
        network["y"].Operation.Should().BeOfType<Linear>().Which.Bias.Should().NotBeNull();
    }

    [Fact]
    public void Shapes_that_a_file_computes_are_worked_out()
    {
        Network network = Read(Picture().Conv("x", "c", 3, 4).Node("Shape", "c", "s").Integers("0", 0).Integers("-1", -1).Node("Gather", ["s", "0"], ["n"])
            .Node("Concat", ["n", "-1"], ["t"], ("axis", 0)).Node("Reshape", ["c", "t"], ["y"]).Output("y"));

        network["y"].Operation.Should().Be(new Flatten());
        network.ShapeOf("y").Should().Be(new Shape(4 * 16 * 16));
    }

    [Fact]
    public void Halves_stay_halves()
    {
        byte[] halves = [.. Enumerable.Range(0, 12).SelectMany(static i => BitConverter.GetBytes((Half)(i / 8.0)))];

        Network network = Read(Picture().Tensor("w", 10, halves, 4, 3, 1, 1).Node("Conv", ["x", "w"], ["y"]).Output("y"));

        Tensor weight = network["y"].Operation.Tensors[0].Tensor;
        weight.Type.Should().Be(ElementType.F16);
        weight.Bytes.ToArray().Should().Equal(halves);
    }

    [Fact]
    public void An_output_that_is_read_inside_stays_an_output_beside_the_others_and_in_their_order()
    {
        Network network = Read(Picture().Conv("x", "a", 3, 4).Node("Relu", "a", "b").Node("Tanh", "b", "c").Output("c").Output("a"));

        network.Outputs.Should().BeEquivalentTo("c", "a");
        Onnx.OnnxFile.Of(network).Outputs.Should().Equal("c [1, 4, 16, 16]", "a [1, 4, 16, 16]");
    }

    private static OnnxSketch Picture(int opset = 13) => new OnnxSketch(opset).Input("x", 1, 3, 16, 16);

    private Network Read(OnnxSketch sketch) => _files.Read(sketch);
}
