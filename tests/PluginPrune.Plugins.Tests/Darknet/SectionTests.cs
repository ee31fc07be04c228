using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Plugins.Tests.Darknet;

/// <summary>What single sections compute, by hand, and how they are written.</summary>
public sealed class SectionTests : IDisposable
{
    private readonly Scratch _scratch = new();

    [Theory]
    [InlineData(4, 4, 6, 2)]
    [InlineData(8, 6, 10, 2)]
    [InlineData(18, 6, 9, 3)]
    [InlineData(5, 3, 4, 1)]
    public void Reorg_moves_every_element_where_Darknets_formula_says(int channels, int height, int width, int stride)
    {
        Network network = _scratch.Read($"[net]\nwidth={width}\nheight={height}\nchannels={channels}\n[reorg]\nstride={stride}\n", WeightsBytes.Of(0));
        float[] picture = [.. Enumerable.Range(0, channels * height * width).Select(static i => (float)i)];

        float[] output = network.Run(picture);

        int fewer = channels / (stride * stride);
        for (int k = 0; k < channels; k++)
        {
            for (int j = 0; j < height; j++)
            {
                for (int i = 0; i < width; i++)
                {
                    int w2 = (i * stride) + (k / fewer % stride);
                    int h2 = (j * stride) + (k / fewer / stride);
                    int from = w2 + (width * stride * (h2 + (height * stride * (k % fewer))));
                    output[i + (width * (j + (height * k)))].Should().Be(from);
                }
            }
        }

        network.ShapeOf("0.reorg").Should().Be(new Shape(channels * stride * stride, height / stride, width / stride));
    }

    [Fact]
    public void Reorg3d_makes_channels_of_blocks()
    {
        Network network = _scratch.Read("[net]\nwidth=4\nheight=2\nchannels=1\n[reorg3d]\nstride=2\n", WeightsBytes.Of(0));

        network.Run([0, 1, 2, 3, 4, 5, 6, 7]).Should().Equal(0, 2, 1, 3, 4, 6, 5, 7);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1001, 0)]
    public void Connected_reads_rows_or_with_old_versions_columns(int major, int minor)
    {
        // Two outputs of the four inputs of a 2 x 2 map.
        float[] rows = [1, 2, 3, 4, 5, 6, 7, 8];
        float[] columns = [1, 5, 2, 6, 3, 7, 4, 8];
        const string Cfg = "[net]\nwidth=2\nheight=2\nchannels=1\n[connected]\noutput=2\nactivation=linear\n";
        byte[] bytes = WeightsBytes.Of(major, minor, 5, 9, longSeen: major == 0, [10, 20, .. major == 0 ? rows : columns]);

        Network network = _scratch.Read(Cfg, bytes);

        network.Run([1, 0, -1, 2]).Should().Equal(10 + 1 - 3 + 8, 20 + 5 - 7 + 16);
        MemorySink written = _scratch.Write(network);
        written.Cfg.Should().Be(Cfg);
        written.Weights.Should().Equal(bytes);
    }

    [Fact]
    public void Connected_has_scales_and_statistics_behind_its_weights()
    {
        const string Cfg = "[net]\nwidth=1\nheight=1\nchannels=2\n[connected]\nbatch_normalize=1\noutput=1\n";

        Network network = _scratch.Read(Cfg, WeightsBytes.Of(0, 2, 5, 0, longSeen: true, 1, 2, 3, 4, 5, 6));

        ((Convolution)network["0.connected"].Operation).Weight.Floats.ToArray().Should().Equal(2, 3);
        network["0.bn"].Operation.Tensors.Select(static tensor => tensor.Tensor.Floats[0]).Should().Equal(4, 1, 5, 6);
        network["0.act"].Operation.Should().Be(new Activation(ActivationKind.Sigmoid), "logistic is the default");
    }

    [Fact]
    public void A_linear_layer_from_elsewhere_is_written_as_connected()
    {
        var origin = new NodeOrigin("fc", "Linear", null);
        var network = new Network(
            "foreign",
            [new NetworkInput("image", new Shape(3, 2, 2), Preprocessing.Darknet)],
            [
                new Node("flat", new Flatten(), ["image"], origin),
                new Node("fc", new Linear(Tensors.Ramp(5, 12), Tensors.Ramp(5)), ["flat"], origin),
                new Node("relu", new Activation(ActivationKind.Relu), ["fc"], origin),
                new Node("out", new Linear(Tensors.Ramp(2, 5), null), ["relu"], origin),
                new Node("softmax", new Softmax(), ["out"], origin),
            ],
            []);

        (MemorySink written, Network again) = _scratch.WriteAndReadAgain(network);

        written.Cfg.Should().Contain("[connected]\noutput=5\nactivation=relu\n\n[connected]\noutput=2\nactivation=linear\n\n[softmax]\n");
        again.Run().Should().Equal(network.Run());
    }

    [Fact]
    public void Local_has_a_kernel_for_every_place()
    {
        // 1 x 3 map, kernels of 1 x 1 at three places, two filters: biases [filter][place], weights [place][filter].
        const string Cfg = "[net]\nwidth=3\nheight=1\nchannels=1\n[local]\nfilters=2\nactivation=linear\n";
        byte[] bytes = WeightsBytes.Of(0, 2, 5, 0, longSeen: true, 1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60);

        Network network = _scratch.Read(Cfg, bytes);

        network.Run([1, 2, -1]).Should().Equal(1 + 10, 2 + 60, 3 - 50, 4 + 20, 5 + 80, 6 - 60);
        _scratch.Write(network).Weights.Should().Equal(bytes);
        _scratch.WriteAndReadAgain(network.WithoutAnnotations()).Again.Run([1, 2, -1]).Should().Equal(network.Run([1, 2, -1]));
    }

    [Fact]
    public void Crop_takes_the_middle_and_stretches_it()
    {
        Network network = _scratch.Read("[net]\nwidth=4\nheight=3\nchannels=1\n[crop]\ncrop_width=2\ncrop_height=2\n", WeightsBytes.Of(0));

        // (3 - 2) / 2 = 0 rows above, (4 - 2) / 2 = 1 column on the left.
        network.Run([0, 0.25f, 0.5f, 0, 0, 0.75f, 1, 0, 9, 9, 9, 9]).Should().Equal(-0.5f, 0, 0.5f, 1);
        _scratch.Write(network.WithoutAnnotations()).Cfg.Should().Contain("[crop]\ncrop_height=2\ncrop_width=2\n\n");
    }

    [Theory]
    [InlineData("per_feature", "none", new[] { 2f, 3, -1 }, new[] { 2f, 2 }, new[] { 3f, 3 }, new[] { -1f, -1 })]
    [InlineData("per_layer", "relu", new[] { 2f, 2, -1 }, new[] { 0.5f, 0.5f }, new[] { 0.5f, 0.5f }, new[] { 0f, 0 })]
    [InlineData("per_channel", "none", new[] { 1f, 2, 3, 4, 5, 6 }, new[] { 1f, 2 }, new[] { 3f, 4 }, new[] { 5f, 6 })]
    [InlineData("per_channel", "softmax", new[] { 1f, 0, 1, 0, 1, 50 }, new[] { 1 / 3f, 0 }, new[] { 1 / 3f, 0 }, new[] { 1 / 3f, 1 })]
    public void A_weighted_shortcut_scales_each_of_its_sources(string type, string normalization, float[] raw, float[] own, float[] first, float[] second)
    {
        string cfg = "[net]\nwidth=1\nheight=1\nchannels=2\n[activation]\nactivation=ramp\n[activation]\nactivation=relu\n[activation]\nactivation=linear\n"
            + $"[shortcut]\nfrom=-2,0\nweights_type={type}\nweights_normalization={normalization}\nactivation=linear\n";
        byte[] bytes = WeightsBytes.Of(0, 2, 5, 0, longSeen: true, raw);
        Network network = _scratch.Read(cfg, bytes);

        // The picture is positive: relu leaves it, ramp multiplies it by 1.1. The section before is linear, -2 is relu, 0 is ramp.
        float[] output = network.Run([1, 2]);

        for (int channel = 0; channel < 2; channel++)
        {
            float x = channel == 0 ? 1.1f : 2.2f;
            output[channel].Should().BeApproximately(x * (own[channel] + first[channel] + second[channel]), 5e-4f * x);
        }

        MemorySink written = _scratch.Write(network);
        written.Cfg.Should().Be(cfg);
        written.Weights.Should().Equal(bytes);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("softmax")]
    public void A_weighted_shortcut_keeps_the_weights_of_the_channels_that_stay(string normalization)
    {
        string cfg = $"[net]\nwidth=1\nheight=1\nchannels=3\n[conv]\nfilters=3\nactivation=linear\n[conv]\nfilters=3\nactivation=linear\n[shortcut]\nfrom=0\nweights_type=per_channel\nweights_normalization={normalization}\n";
        Network network = _scratch.Read(cfg);
        float[] raw = [.. MemoryOf(File.ReadAllBytes(_scratch.WeightsPath))[^6..]];
        int[] kept = [0, 2];
        Network pruned = network.Replace(
            [
                .. network.Nodes.Where(static node => node.Operation is Convolution).Select(node =>
                {
                    var convolution = (Convolution)node.Operation;
                    Tensor weight = Tensors.Take(convolution.Weight, 0, kept);
                    return node with
                    {
                        Operation = convolution with
                        {
                            Weight = node.Id == "1.conv" ? Tensors.Take(weight, 1, kept) : weight,
                            Bias = convolution.Bias is null ? null : Tensors.Take(convolution.Bias, 0, kept),
                            Groups = convolution.Groups == 3 ? 2 : 1,
                        },
                    };
                }),
            ]);

        (MemorySink written, Network again) = _scratch.WriteAndReadAgain(pruned);

        written.Cfg.Should().Be(cfg.Replace("filters=3", "filters=2", StringComparison.Ordinal));
        MemoryOf(written.Weights)[^4..].Should().Equal(raw[0], raw[2], raw[3], raw[5]);
        Meaning.Of(again).Should().Equal(Meaning.Of(pruned));
    }

    [Fact]
    public void Factors_that_the_old_weights_do_not_mean_are_written_as_they_are()
    {
        const string Cfg = "[net]\nwidth=1\nheight=1\nchannels=2\n[activation]\nactivation=relu\n[activation]\nactivation=linear\n[shortcut]\nfrom=0\nweights_type=per_feature\nweights_normalization=relu\n";
        Network network = _scratch.Read(Cfg);
        var changed = network.Replace(
            network["2.factor0"] with { Operation = (Convolution)network["2.factor0"].Operation with { Weight = Tensor.FromFloats(new Shape(2, 1, 1, 1), [7, 8]) } });

        (MemorySink written, Network again) = _scratch.WriteAndReadAgain(changed);

        written.Cfg.Should().Contain("weights_type=per_channel\nweights_normalization=none\n");
        Meaning.Of(again).Should().Equal(Meaning.Of(changed));
    }

    [Fact]
    public void Shortcuts_of_fewer_and_more_channels_add_what_both_have()
    {
        const string Cfg = "[net]\nwidth=2\nheight=2\nchannels=2\n[activation]\nactivation=linear\n"
            + "[conv]\nfilters=3\nstride=2\nactivation=linear\n[shortcut]\nfrom=0\n";

        // The convolution gives its biases alone: 10, 20, 30. Every second place of the picture is its first.
        Network network = _scratch.Read(Cfg, WeightsBytes.Of(0, 2, 5, 0, longSeen: true, 10, 20, 30, 0, 0, 0, 0, 0, 0));

        network.Run([1, 2, 3, 4, 5, 6, 7, 8]).Should().Equal(11, 25, 30);
        _scratch.Write(network).Cfg.Should().Be(Cfg);
    }

    [Fact]
    public void A_shortcut_from_a_smaller_map_is_kept_as_it_is()
    {
        const string Cfg = CfgTexts.Net + "[avgpool]\n[route]\nlayers=0\n[upsample]\nstride=4\n[shortcut]\nfrom=0\nactivation=relu\n[conv]\nfilters=2\n";

        Network network = _scratch.Read(Cfg);

        network["3.opaque"].Operation.Should().BeOfType<Opaque>().Which.Output.Should().Be(new Shape(3, 4, 4));
        network["3.opaque"].Inputs.Should().Equal("2.upsample", "0.avgpool");
        _scratch.Write(network).Cfg.Should().Be(Cfg);
        Action compile = () => network.Run();
        compile.Should().Throw<NotSupportedException>().Which.Message.Should().Contain("3.opaque");
    }

    [Fact]
    public void Sam_multiplies_element_by_element()
    {
        const string Cfg = "[net]\nwidth=2\nheight=1\nchannels=1\n[activation]\nactivation=linear\n[activation]\nactivation=ramp\n[sam]\nfrom=0\n";
        Network network = _scratch.Read(Cfg, WeightsBytes.Of(0));

        network.Run([1, 2]).Should().Equal(1.1f, 4.4f);
        _scratch.Write(network).Cfg.Should().Be(Cfg);
        Meaning.Of(_scratch.WriteAndReadAgain(network.WithoutAnnotations()).Again).Should().Equal(Meaning.Of(network));
    }

    [Theory]
    [InlineData("[softmax]\ngroups=3\n", "3 x 32 x 32", "softmax")]
    [InlineData("[softmax]\ntemperature=3\n", "3 x 32 x 32", "softmax")]
    [InlineData("[softmax]\ntree=data/9k.tree\n", "3 x 32 x 32", "softmax")]
    [InlineData("[reorg]\nstride=1\nextra=1\n", "3073 x 1 x 1", "reorg")]
    [InlineData("[conv]\nfilters=8\n[reorg]\nstride=2\nreverse=1\n", "2 x 64 x 64", "reorg")]
    [InlineData("[reorg]\nstride=1\nflatten=1\n", "3 x 32 x 32", "reorg")]
    [InlineData("[conv]\nfilters=4\n[reorg3d]\nstride=2\nreverse=1\n", "1 x 64 x 64", "reorg3d")]
    [InlineData("[lstm]\noutput=5\nbatch_normalize=1\n", "5 x 1 x 1", "lstm")]
    [InlineData("[gru]\noutput=5\n", "5 x 1 x 1", "gru")]
    [InlineData("[rnn]\noutput=5\n", "5 x 1 x 1", "rnn")]
    public void What_no_operation_says_is_kept_with_its_shape_and_weights(string sections, string shape, string kind)
    {
        Network network = _scratch.Read(CfgTexts.Net + sections);
        byte[] weights = File.ReadAllBytes(_scratch.WeightsPath);

        Node last = network.Nodes[^1];
        last.Operation.Should().BeOfType<Opaque>().Which.Kind.Should().Be(kind);
        network.ShapeOf(last.Id).ToString().Should().Be(shape);
        MemorySink written = _scratch.Write(network);
        written.Cfg.Should().Be(CfgTexts.Net + sections);
        written.Weights.Should().Equal(weights);
        _scratch.Format.FindObstacles(network.WithoutAnnotations()).Should().ContainSingle().Which.Should().Contain(kind);
    }

    [Fact]
    public void An_input_that_is_a_vector_is_said_as_one()
    {
        const string Cfg = "[net]\ninputs = 7\n[connected]\noutput=2\n";

        Network network = _scratch.Read(Cfg);

        network.Inputs[0].Shape.Should().Be(new Shape(7, 1, 1));
        _scratch.Write(network).Cfg.Should().Be(Cfg);
    }

    public void Dispose() => _scratch.Dispose();

    private static float[] MemoryOf(byte[] weights)
    {
        float[] numbers = new float[(weights.Length - 20) / 4];
        Buffer.BlockCopy(weights, 20, numbers, 0, weights.Length - 20);
        return numbers;
    }
}
