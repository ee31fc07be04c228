using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Plugins.Tests.Darknet;

public sealed class WritingTests : IDisposable
{
    private readonly Scratch _scratch = new();

    [Theory]
    [InlineData(CfgTexts.TwoLayers)]
    [InlineData(CfgTexts.Residual)]
    [InlineData(CfgTexts.Mixed)]
    public void What_did_not_change_is_written_byte_by_byte(string cfg)
    {
        Network network = _scratch.Read(cfg);
        byte[] weights = File.ReadAllBytes(_scratch.WeightsPath);

        MemorySink written = _scratch.Write(network);

        _scratch.Format.FindObstacles(network).Should().BeEmpty();
        written.Cfg.Should().Be(cfg);
        written.Weights.Should().Equal(weights);
    }

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
    public void Filters_alone_change_when_channels_go()
    {
        Network network = _scratch.Read(CfgTexts.Residual);
        var pruned = network.Replace(
            [.. Keep(network, "1.conv", "1.bn", [0, 2]), WithInputs(network["2.conv"], [0, 2])]);

        (MemorySink written, Network again) = _scratch.WriteAndReadAgain(pruned);

        written.Cfg.Should().Be(CfgTexts.Residual.Replace(
            "# first block\n[convolutional]\nbatch_normalize=1\nfilters=4", "# first block\n[convolutional]\nbatch_normalize=1\nfilters=2", StringComparison.Ordinal));
        Meaning.Of(again).Should().Equal(Meaning.Of(pruned));
    }

    [Fact]
    public void A_depthwise_convolutions_groups_follow_its_filters()
    {
        Network network = _scratch.Read(CfgTexts.Net + "[conv]\nfilters=8\nactivation=linear\n[conv]\nfilters=8   # as before\ngroups = 8\nsize=3\npad=1\nactivation=linear\n");
        var first = (Convolution)network["0.conv"].Operation;
        var second = (Convolution)network["1.conv"].Operation;
        var pruned = network.Replace(
            network["0.conv"] with { Operation = new Convolution(Tensors.Take(first.Weight, 0, [1, 4, 7]), Tensors.Take(first.Bias!, 0, [1, 4, 7])) },
            network["1.conv"] with { Operation = second with { Weight = Tensors.Take(second.Weight, 0, [1, 4, 7]), Bias = Tensors.Take(second.Bias!, 0, [1, 4, 7]), Groups = 3 } });

        (MemorySink written, Network again) = _scratch.WriteAndReadAgain(pruned);

        written.Cfg.Should().Contain("filters=3   # as before\ngroups = 3\n");
        Meaning.Of(again).Should().Equal(Meaning.Of(pruned));
    }

    [Fact]
    public void A_block_that_went_takes_its_comment_along_and_references_follow()
    {
        Network network = _scratch.Read(CfgTexts.Residual);
        var pruned = network.WithoutBlock("3.add", "0.act", "1", "2", "3");

        (MemorySink written, Network again) = _scratch.WriteAndReadAgain(pruned);

        // The second block reads layer 0 now, and so does the route; each number keeps its style.
        written.Cfg.Should().NotContain("first block").And.Contain("# second block").And.Contain("# tail");
        written.Cfg.Should().Contain("from=0\n").And.Contain("layers = -1, 0 ,-2   # three sources\n").And.Contain("my_own_key = kept = as it is");
        written.Cfg.Should().Contain("anchors = 1.25,2.5,  10.5,13.75\n");
        Meaning.Of(again).Should().Equal(Meaning.Of(pruned));
    }

    [Fact]
    public void A_shortcut_whose_sum_went_becomes_the_activation_that_is_left()
    {
        Network network = _scratch.Read(CfgTexts.Residual);
        var pruned = network.With(
            network.Nodes
                .Where(static node => node.Origin.Layer is not ("4" or "5") && node.Id != "6.add")
                .Select(static node => node with { Inputs = [.. node.Inputs.Select(static value => value == "6.add" ? "3.add" : value)] }),
            network.Heads);

        (MemorySink written, Network again) = _scratch.WriteAndReadAgain(pruned);

        written.Cfg.Should().Contain("from = -3\nactivation=linear\n\n[activation]\nactivation=relu\n\n# tail");
        written.Cfg.Should().Contain("layers = -1, 3 ,-2");
        Meaning.Of(again).Should().Equal(Meaning.Of(pruned));
    }

    [Fact]
    public void A_section_that_no_longer_reads_the_one_before_it_gets_a_route()
    {
        Network network = _scratch.Read(CfgTexts.Residual);

        // Layer 7 reads the first layer instead of the second block, which the route goes on reading.
        var changed = network.Replace(network["7.conv"] with { Inputs = ["0.act"] });

        (MemorySink written, Network again) = _scratch.WriteAndReadAgain(changed);

        written.Cfg.Should().Contain("[route]\nlayers=-7\n").And.Contain("layers = -1, 3 ,-3   # three sources");
        Meaning.Of(again).Should().Equal(Meaning.Of(changed));
    }

    [Fact]
    public void What_reads_the_networks_input_from_afar_is_written_through_a_copy_of_it()
    {
        Network network = _scratch.Read(CfgTexts.Residual);
        var changed = network.Replace(
            network["8.route"] with { Inputs = ["7.act", "input", "6.act"] },
            network["9.conv"] with { Operation = new Convolution(Tensors.Ramp(14, 19, 1, 1), Tensors.Ramp(14)) });

        (MemorySink written, Network again) = _scratch.WriteAndReadAgain(changed);

        written.Cfg.Should().Contain("[activation]\nactivation=linear\n").And.Contain("from=4\n").And.Contain("layers = -1, 0 ,-2");
        Meaning.Of(again).Should().Equal(Meaning.Of(changed));
    }

    [Fact]
    public void A_batch_norm_or_activation_that_came_or_went_is_said()
    {
        Network network = _scratch.Read(CfgTexts.TwoLayers);

        (MemorySink written, Network again) = _scratch.WriteAndReadAgain(
            network.With(
                network.Nodes.Where(static node => node.Id is "0.conv" or "1.conv").Select(static node => node.Id == "1.conv" ? node with { Inputs = ["0.conv"] } : node),
                []));

        written.Cfg.Should().Contain("batch_normalize=0\nfilters=4\n").And.Contain("pad=1\nactivation=linear\n");
        again.Nodes.Select(static node => node.Id).Should().Equal("0.conv", "1.conv");
    }

    [Fact]
    public void Another_input_size_is_said_in_net()
    {
        Network network = _scratch.Read(CfgTexts.Residual).WithInputSize(64, 96);

        _scratch.Write(network).Cfg.Should().StartWith("# A network of two blocks.\n[net]\nwidth = 96   # pixels\nheight = 64\nchannels = 3\n");
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
            Foreign("focus", new SpaceToDepth(2), "image"),
            Foreign("flat", new Flatten(), "mean"),
            Foreign("strange", new Opaque("strange", new Shape(3), []), "image"));

        var obstacles = _scratch.Format.FindObstacles(network.With(network.Nodes, [new Head("detect", "mask-rcnn", "conv", ImmutableSortedDictionary<string, ImmutableArray<double>>.Empty, new NodeOrigin("9", "Detect", null))]));

        obstacles.Should().HaveCount(10);
        string.Join('\n', obstacles).Should().ContainAll("conv (", "square kernel", "lone (", "slice (", "average pool", "swish (", "slope (", "space to depth", "flatten", "strange", "'mask-rcnn'");
        Assert.Throws<InvalidOperationException>(() => _scratch.Write(network));
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

    private static Node[] Keep(Network network, string convolution, string norm, int[] channels)
    {
        var before = (Convolution)network[convolution].Operation;
        var statistics = (BatchNorm)network[norm].Operation;
        return
        [
            network[convolution] with { Operation = before with { Weight = Tensors.Take(before.Weight, 0, channels) } },
            network[norm] with
            {
                Operation = new BatchNorm(
                    Tensors.Take(statistics.Gamma, 0, channels),
                    Tensors.Take(statistics.Beta, 0, channels),
                    Tensors.Take(statistics.Mean, 0, channels),
                    Tensors.Take(statistics.Variance, 0, channels)),
            },
        ];
    }

    private static Node WithInputs(Node node, int[] channels)
    {
        var convolution = (Convolution)node.Operation;
        return node with { Operation = convolution with { Weight = Tensors.Take(convolution.Weight, 1, channels) } };
    }
}
