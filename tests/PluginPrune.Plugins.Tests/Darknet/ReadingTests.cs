using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Plugins.Tests.Darknet;

public sealed class ReadingTests : IDisposable
{
    private readonly Scratch _scratch = new();

    [Fact]
    public void Sections_become_nodes_with_their_layers_index_and_line()
    {
        Network network = _scratch.Read(CfgTexts.TwoLayers);

        network.Nodes.Select(static node => node.Id).Should().Equal("0.conv", "0.bn", "0.act", "1.conv");
        network["0.bn"].Origin.Should().Be(new NodeOrigin("0", "convolutional", 6));
        network["1.conv"].Origin.Line.Should().Be(14);
        network.Inputs.Single().Should().Be(new NetworkInput("input", new Shape(3, 32, 32), Preprocessing.Darknet with { Padding = 128 }));
        network.Name.Should().Be("net");
        ((Convolution)network["0.conv"].Operation).Bias.Should().BeNull();
        ((Convolution)network["1.conv"].Operation).Bias!.Count.Should().Be(6);
    }

    [Fact]
    public void Tensors_lie_in_the_file_in_Darknets_order()
    {
        const string Cfg = "[net]\nwidth=4\nheight=4\nchannels=1\n[conv]\nbatch_normalize=1\nfilters=1\n[conv]\nfilters=2\nactivation=linear\n";
        float[] numbers = [1, 2, 3, 4, 5, 10, 11, 12, 13];

        Network network = _scratch.Read(Cfg, WeightsBytes.Of(0, 2, 5, 77, longSeen: true, numbers));

        var norm = (BatchNorm)network["0.bn"].Operation;
        (norm.Beta.Floats[0], norm.Gamma.Floats[0], norm.Mean.Floats[0], norm.Variance.Floats[0]).Should().Be((1, 2, 3, 4));
        norm.Epsilon.Should().Be(1e-5);
        ((Convolution)network["0.conv"].Operation).Weight.Floats[0].Should().Be(5);
        var second = (Convolution)network["1.conv"].Operation;
        second.Bias!.Floats.ToArray().Should().Equal(10, 11);
        second.Weight.Floats.ToArray().Should().Equal(12, 13);
        network["0.act"].Operation.Should().Be(new Activation(ActivationKind.Sigmoid), "logistic is the default of [convolutional]");
    }

    [Fact]
    public void The_epsilon_of_batch_norm_is_an_option()
    {
        using var scratch = new Scratch(("bn-eps", "0.001"));

        ((BatchNorm)scratch.Read(CfgTexts.TwoLayers)["0.bn"].Operation).Epsilon.Should().Be(0.001);
    }

    [Fact]
    public void Mixed_sections_become_the_operations_that_they_mean()
    {
        Network network = _scratch.Read(CfgTexts.Mixed);

        ((Convolution)network["1.conv"].Operation).IsDepthwise.Should().BeTrue();
        network["2.avgpool"].Operation.Should().Be(new GlobalAveragePool());
        network["4.mul"].Inputs.Should().Equal("1.act", "3.act");
        network["5.dropout"].Operation.Should().Be(new Dropout(0.15));
        network["6.split0"].Operation.Should().Be(new Split(2, 1));
        network["6.route"].Inputs.Should().Equal("6.split0", "6.split1");
        network.ShapeOf("6.route").Should().Be(new Shape(8, 16, 16));
        network["7.maxpool"].Operation.Should().Be(new MaxPool(Extent.Square(5), Extent.Square(1), Padding.Same(2)));
        network["8.route"].Operation.Should().Be(new Identity());
        network["10.route"].Inputs.Should().Equal("9.maxpool", "7.maxpool", "6.route", "6.route");
        network["12.act"].Operation.Should().Be(new Identity());
        var last = (Convolution)network["15.conv"].Operation;
        (last.Stride, last.Dilation, last.Padding).Should().Be((new Extent(1, 2), Extent.Square(2), Padding.Same(2)));
        network.ShapeOf("15.act").Should().Be(new Shape(4, 32, 16));
    }

    [Theory]
    [InlineData("size=2\nstride=2", 13, 7, 0, 1)]
    [InlineData("size=2\nstride=1", 13, 13, 0, 1)]
    [InlineData("size=3\nstride=2", 13, 7, 1, 1)]
    [InlineData("stride=2\npadding=0", 13, 6, 0, 0)]
    [InlineData("size=4\nstride=4\npadding=2", 13, 3, 1, 1)]
    public void Maxpool_pads_as_Darknet_does(string options, int extent, int expected, int before, int after)
    {
        Network network = _scratch.Read($"[net]\nwidth={extent}\nheight={extent}\n[maxpool]\n{options}\n");

        network.ShapeOf("0.maxpool").Should().Be(new Shape(3, expected, expected));
        ((MaxPool)network["0.maxpool"].Operation).Padding.Should().Be(new Padding(before, before, after, after));
    }

    [Theory]
    [InlineData("logistic", ActivationKind.Sigmoid)]
    [InlineData("loggy", ActivationKind.SymmetricSigmoid)]
    [InlineData("relu", ActivationKind.Relu)]
    [InlineData("relu6", ActivationKind.Relu6)]
    [InlineData("elu", ActivationKind.Elu)]
    [InlineData("selu", ActivationKind.Selu)]
    [InlineData("gelu", ActivationKind.Gelu)]
    [InlineData("relie", ActivationKind.Relie)]
    [InlineData("ramp", ActivationKind.Ramp)]
    [InlineData("tanh", ActivationKind.Tanh)]
    [InlineData("plse", ActivationKind.PiecewiseSigmoid)]
    [InlineData("leaky", ActivationKind.LeakyRelu)]
    [InlineData("revleaky", ActivationKind.LeakyRelu)]
    [InlineData("stair", ActivationKind.Stair)]
    [InlineData("hardtan", ActivationKind.HardTanh)]
    [InlineData("lhtan", ActivationKind.LeakyHardTanh)]
    [InlineData("swish", ActivationKind.Silu)]
    [InlineData("mish", ActivationKind.Mish)]
    [InlineData("hard_mish", ActivationKind.HardMish)]
    public void Every_activation_is_known_and_written_back(string name, ActivationKind kind)
    {
        string cfg = CfgTexts.Net + $"[conv]\nfilters=2\nactivation={name}\n";
        Network network = _scratch.Read(cfg);

        network["0.act"].Operation.Should().Be(new Activation(kind));
        _scratch.Write(network).Cfg.Should().Be(cfg);
        string plain = _scratch.Write(network.WithoutAnnotations()).Cfg;
        _scratch.Read(plain)["0.act"].Operation.Should().Be(new Activation(kind));
    }

    [Theory]
    [InlineData("norm_chan", ChannelNormalizationKind.Sum)]
    [InlineData("norm_chan_softmax", ChannelNormalizationKind.Softmax)]
    [InlineData("norm_chan_softmax_maxval", ChannelNormalizationKind.SoftmaxMaximum)]
    [InlineData("normalize_channels_softmax", ChannelNormalizationKind.Softmax)]
    public void Normalizations_over_channels_are_operations_of_their_own(string name, ChannelNormalizationKind kind)
    {
        Network network = _scratch.Read(CfgTexts.Net + $"[conv]\nfilters=2\nactivation={name}\n");

        network["0.act"].Operation.Should().Be(new ChannelNormalization(kind));
        _scratch.Read(_scratch.Write(network.WithoutAnnotations()).Cfg)["0.act"].Operation.Should().Be(new ChannelNormalization(kind));
    }

    [Fact]
    public void Heads_know_their_numbers()
    {
        Network network = _scratch.Read(CfgTexts.Residual);

        Head head = network.Heads.Single();
        head.Id.Should().Be("10.yolo");
        head.Input.Should().Be("9.conv");
        head.Parameters["anchors"].Should().Equal(1.25, 2.5, 10.5, 13.75);
        head.Number("classes", 0).Should().Be(2);
        head.Number("scale_x_y", 0).Should().Be(1);
    }

    [Fact]
    public void A_route_to_a_head_reads_what_the_head_reads_and_is_warned_of()
    {
        string cfg = CfgTexts.Net + "[conv]\nfilters=6\nactivation=linear\n[yolo]\nclasses=1\nnum=1\nanchors=1,2\n[route]\nlayers=1\n[conv]\nfilters=2\n";

        Network network = _scratch.Read(cfg);

        network["2.route"].Inputs.Should().Equal("0.conv");
        _scratch.Warnings.Should().ContainSingle().Which.Should().Contain("layer 2 [route]").And.Contain("head");
        _scratch.Write(network).Cfg.Should().Be(cfg);
    }

    [Fact]
    public void A_letterboxed_network_says_so()
    {
        Network network = _scratch.Read("[net]\nwidth=8\nheight=4\nletter_box=1\n[avgpool]\n");

        network.Inputs.Single().Preprocessing.Resize.Should().Be(ResizeMode.Letterbox);
        network.Inputs.Single().Shape.Should().Be(new Shape(3, 4, 8));
        _scratch.Write(network.WithoutAnnotations()).Cfg.Should().Contain("letter_box=1");
    }

    public void Dispose() => _scratch.Dispose();
}
