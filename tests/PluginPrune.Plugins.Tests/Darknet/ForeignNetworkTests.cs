using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Plugins.Tests.Darknet;

/// <summary>Networks that no cfg file gave, written as one.</summary>
public sealed class ForeignNetworkTests : IDisposable
{
    private readonly Scratch _scratch = new();

    [Theory]
    [InlineData(CfgTexts.TwoLayers)]
    [InlineData(CfgTexts.Residual)]
    [InlineData(CfgTexts.Mixed)]
    public void What_came_from_elsewhere_is_written_as_a_file_that_means_the_same(string cfg)
    {
        Network network = _scratch.Read(cfg);

        (_, Network again) = _scratch.WriteAndReadAgain(network.WithoutAnnotations());

        Meaning.Of(again).Should().Equal(Meaning.Of(network));
    }

    [Fact]
    public void A_bias_before_batch_norm_and_another_epsilon_go_into_the_statistics()
    {
        var norm = new BatchNorm(Tensor.FromFloats(2, 3), Tensor.FromFloats(0.5f, 1), Tensor.FromFloats(1, 2), Tensor.FromFloats(4, 9)) { Epsilon = 1e-3 };
        var network = Foreign(
            Foreign("conv", new Convolution(Tensors.Ramp(2, 3, 1, 1), Tensor.FromFloats(0.25f, -0.5f)), "image"),
            Foreign("bn", norm, "conv"),
            Foreign("act", new Activation(ActivationKind.Silu), "bn"));

        (MemorySink written, Network again) = _scratch.WriteAndReadAgain(network);

        written.Cfg.Should().Be("[net]\nbatch=1\nsubdivisions=1\nwidth=16\nheight=16\nchannels=3\n\n[convolutional]\nbatch_normalize=1\nfilters=2\nsize=1\nstride=1\nactivation=swish\n\n");
        var read = (BatchNorm)again["0.bn"].Operation;
        read.Mean.Floats.ToArray().Should().Equal(0.75f, 2.5f);
        read.Variance.Floats.ToArray().Should().Equal((float)(4 + 1e-3 - 1e-5), (float)(9 + 1e-3 - 1e-5));
    }

    [Fact]
    public void Half_precision_is_written_as_single()
    {
        Half[] halfs = [(Half)0.5, (Half)1.5, (Half)(-2)];
        var network = Foreign(Foreign("conv", new Convolution(Tensor.FromHalfs(new Shape(1, 3, 1, 1), halfs), null), "image"));

        (_, Network again) = _scratch.WriteAndReadAgain(network);

        var convolution = (Convolution)again["0.conv"].Operation;
        convolution.Weight.Floats.ToArray().Should().Equal(0.5f, 1.5f, -2);
        convolution.Bias!.Floats.ToArray().Should().Equal(0);
    }

    [Fact]
    public void A_slice_that_is_an_equal_part_is_a_route_with_groups()
    {
        var network = Foreign(
            Foreign("conv", new Convolution(Tensors.Ramp(6, 3, 1, 1), Tensors.Ramp(6)), "image"),
            Foreign("part", new Slice(4, 2), "conv"),
            Foreign("relu", new Activation(ActivationKind.Relu), "part"));

        (MemorySink written, Network again) = _scratch.WriteAndReadAgain(network);

        written.Cfg.Should().Contain("[route]\nlayers=-1\ngroups=3\ngroup_id=2\n");
        again["1.route"].Operation.Should().Be(new Split(3, 2));
    }

    [Fact]
    public void What_a_convolution_shares_with_others_is_not_put_into_its_section()
    {
        var network = Foreign(
            Foreign("conv", new Convolution(Tensors.Ramp(3, 3, 1, 1), Tensors.Ramp(3)), "image"),
            Foreign("relu", new Activation(ActivationKind.Relu), "conv"),
            Foreign("same", new Identity(), "relu"),
            Foreign("sum", new Add(), "same", "conv"));

        (MemorySink written, Network again) = _scratch.WriteAndReadAgain(network);

        written.Cfg.Should().Contain("activation=linear\n\n[activation]\nactivation=relu\n\n[shortcut]\nfrom=-2\nactivation=linear\n");
        Meaning.Of(again).Should().Equal(Meaning.Of(network));
    }

    [Fact]
    public void Obstacles_name_every_node_at_fault_and_why()
    {
        var network = Foreign(
            Foreign("conv", new Convolution(Tensors.Ramp(4, 3, 3, 1), null), "image"),
            Foreign("lone", new BatchNorm(Tensors.Ramp(3), Tensors.Ramp(3), Tensors.Ramp(3), Tensors.Ramp(3)), "image"),
            Foreign("slice", new Slice(1, 2), "conv"),
            Foreign("mean", new AveragePool(Extent.Square(2), Extent.Square(2), default), "conv"),
            Foreign("swish", new Activation(ActivationKind.HardSwish), "conv"),
            Foreign("slope", new Activation(ActivationKind.LeakyRelu) { Slope = 0.2 }, "conv"),
            Foreign("focus", new SpaceToDepth(2, ColumnsFirst: true), "image"),
            Foreign("flat", new Flatten(), "mean"),
            Foreign("strange", new Opaque("strange", new Shape(3), []), "image"));

        var obstacles = _scratch.Format.FindObstacles(network.With(network.Nodes, [new Head("detect", "mask-rcnn", "conv", ImmutableSortedDictionary<string, ImmutableArray<double>>.Empty, new NodeOrigin("9", "Detect", null))]));

        obstacles.Should().HaveCount(10);
        string.Join('\n', obstacles).Should().ContainAll("conv (", "square kernel", "lone (", "slice (", "average pool", "swish (", "no activation 'HardSwish'", "slope (", "slope 0.1, its relie 0.01; this one has 0.2", "space to depth", "flatten", "strange", "'mask-rcnn'");
        Assert.Throws<InvalidOperationException>(() => _scratch.Write(network));
    }

    [Fact]
    public void Heads_that_do_not_count_their_anchors_have_as_many_as_they_list()
    {
        var network = Foreign(Foreign("conv", new Convolution(Tensors.Ramp(18, 3, 1, 1), Tensors.Ramp(18)), "image"));
        var parameters = ImmutableSortedDictionary<string, ImmutableArray<double>>.Empty.Add("classes", [1]).Add("mask", [0, 1, 2]).Add("anchors", [1, 2, 3, 4, 5, 6]);
        network = network.With(network.Nodes, [new Head("detect", "yolo", "conv", parameters, new NodeOrigin("1", "Detect", null))]);

        (MemorySink written, Network again) = _scratch.WriteAndReadAgain(network);

        written.Cfg.Should().Contain("[yolo]\nmask=0,1,2\nanchors=1,2, 3,4, 5,6\nclasses=1\nnum=3\n");
        again.Heads.Single().Parameters["anchors"].Should().Equal(1, 2, 3, 4, 5, 6);
    }

    [Fact]
    public void What_a_head_reads_is_given_by_a_section_of_its_own()
    {
        // The head wants the raw numbers, another layer the activated ones: they must not become one section.
        var network = Foreign(
            Foreign("conv", new Convolution(Tensors.Ramp(6, 3, 1, 1), Tensors.Ramp(6)), "image"),
            Foreign("relu", new Activation(ActivationKind.Relu), "conv"),
            Foreign("next", new Convolution(Tensors.Ramp(2, 6, 1, 1), Tensors.Ramp(2)), "relu"));
        var parameters = ImmutableSortedDictionary<string, ImmutableArray<double>>.Empty.Add("classes", [1]).Add("num", [1]).Add("anchors", [1.5, 2]);
        network = network.With(network.Nodes, [new Head("detect", "yolo", "conv", parameters, new NodeOrigin("3", "Detect", null))]);

        (MemorySink written, Network again) = _scratch.WriteAndReadAgain(network);

        // Darknet's head decodes, so what comes after it must not read it.
        written.Cfg.Should().Contain("activation=linear\n\n[yolo]\nanchors=1.5,2\nclasses=1\nnum=1\n\n[route]\nlayers=-2\n\n[activation]\nactivation=relu\n");
        again.Heads.Single().Input.Should().Be("0.conv");
        again["3.act"].Operation.Should().Be(new Activation(ActivationKind.Relu));
        again["4.conv"].Inputs.Should().Equal("3.act");
    }

    [Fact]
    public void A_dilation_that_Darknet_gets_wrong_is_an_obstacle()
    {
        var convolution = new Convolution(Tensors.Ramp(2, 3, 3, 3), null) { Dilation = Extent.Square(2) };

        _scratch.Format.FindObstacles(Foreign(Foreign("conv", convolution, "image"))).Should().ContainSingle().Which.Should().Contain("conv (");
        _scratch.Format.FindObstacles(Foreign(Foreign("conv", convolution with { Padding = Padding.Same(2) }, "image"))).Should().BeEmpty();
    }

    [Fact]
    public void Several_inputs_are_an_obstacle()
    {
        var input = new NetworkInput("a", new Shape(3, 8, 8), Preprocessing.Darknet);
        var network = new Network("two", [input, input with { Name = "b" }], [Foreign("sum", new Add(), "a", "b")], []);

        _scratch.Format.FindObstacles(network).Should().ContainSingle().Which.Should().Contain("one input");
    }

    public void Dispose() => _scratch.Dispose();

    private static Network Foreign(params Node[] nodes) =>
        new("foreign", [new NetworkInput("image", new Shape(3, 16, 16), Preprocessing.Darknet)], nodes, []);

    private static Node Foreign(string id, Operation operation, params string[] inputs) =>
        new(id, operation, [.. inputs], new NodeOrigin(id, operation.Name, null));
}
