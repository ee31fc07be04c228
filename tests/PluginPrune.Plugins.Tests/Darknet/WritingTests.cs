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
    public void A_comment_right_below_a_sections_keys_stays_with_it()
    {
        Network network = _scratch.Read(CfgTexts.Residual.Replace("activation=leaky\n\n# first block", "activation=leaky\n#stopbackward=1\n\n# first block", StringComparison.Ordinal));

        string cfg = _scratch.Write(network.WithoutBlock("3.add", "0.act", "1", "2", "3")).Cfg;

        cfg.Should().Contain("activation=leaky\n#stopbackward=1\n\n# second block\n");
    }

    [Fact]
    public void A_list_of_several_lines_is_written_in_one_where_it_changes()
    {
        Network network = _scratch.Read(CfgTexts.Residual);
        byte[] weights = File.ReadAllBytes(_scratch.WeightsPath);
        string cfg = CfgTexts.Residual.Replace("layers = -1, 3 ,-2   # three sources", "layers = -1,\n# the first block\n3,\n-2", StringComparison.Ordinal);
        var pruned = _scratch.Read(cfg, weights).WithoutBlock("3.add", "0.act", "1", "2", "3");

        (MemorySink written, Network again) = _scratch.WriteAndReadAgain(pruned);

        written.Cfg.Should().Contain("layers = -1,0,-2\n# the first block\n\n[convolutional]");
        Meaning.Of(again).Should().Equal(Meaning.Of(pruned));
    }

    [Fact]
    public void A_heads_changed_number_is_said_and_nothing_else_of_it()
    {
        Network network = _scratch.Read(CfgTexts.Residual);
        Head head = network.Heads.Single();
        var changed = network.With(network.Nodes, [head with { Parameters = head.Parameters.SetItem("scale_x_y", [1.05]) }]);

        _scratch.Write(changed).Cfg.Should().Be(CfgTexts.Residual.Replace("[yolo]\n", "[yolo]\nscale_x_y=1.05\n", StringComparison.Ordinal));
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

    public void Dispose() => _scratch.Dispose();

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
