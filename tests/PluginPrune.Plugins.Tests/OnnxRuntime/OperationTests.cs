using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Plugins.Tests.Onnx;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.OnnxRuntime;

/// <summary>Every operation on its own, with the settings that random networks do not meet, one picture and several.</summary>
public sealed class OperationTests
{
    public static TheoryData<ActivationKind> Kinds => [.. Enum.GetValues<ActivationKind>()];

    // Numbers where every function has its corners: -12 to 12 in eighths, so that none is on the wrong side by rounding.
    [OnnxRuntimeTheory]
    [MemberData(nameof(Kinds))]
    public void Activations_are_the_functions_that_the_contracts_define(ActivationKind kind)
    {
        var b = new NetworkBuilder(1, 1, 1, 193);
        string stretched = b.Add(new BatchNorm(Vector(1), Vector(0), Vector(0), Vector(1)) { Epsilon = 0 }, "input");
        var activation = new Activation(kind) { Slope = 0.25 };
        string last = b.Act(stretched, kind);
        Network network = b.Build();
        network = network.With(network.Nodes.Select(node => node.Id == last ? node with { Operation = activation } : node), network.Heads);
        float[] numbers = [.. Enumerable.Range(0, 193).Select(static i => (i - 96) / 8f)];

        using var session = new OnnxSession(OnnxFile.Write(network));
        float[] actual = session.Run("input", new(1, new Shape(1, 1, 193), numbers), (last, new Shape(1, 1, 193)))[0];

        for (int i = 0; i < numbers.Length; i++)
        {
            double expected = activation.Apply(numbers[i]);
            ((double)actual[i]).Should().BeApproximately(expected, 2e-6 * Math.Max(1, Math.Abs(expected)), "of {0}", numbers[i]);
        }
    }

    [OnnxRuntimeFact]
    public void Reorg_moves_what_Darknet_moves() => Check(8, 6, 4, static b => b.Add(new Reorg(2), "input"));

    [OnnxRuntimeTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Blocks_of_places_become_channels(bool columnsFirst) => Check(3, 9, 6, b => b.Add(new SpaceToDepth(3, columnsFirst), "input"));

    [OnnxRuntimeFact]
    public void Channels_of_zeros_lie_around_the_input() =>
        Check(3, 9, 6, static b => b.Add(new ChannelPadding(2, 1), b.Add(new MaxPool(Extent.Square(1), Extent.Square(2), default), "input")));

    [OnnxRuntimeFact]
    public void The_middle_is_cut_out_scaled_and_shifted() =>
        Check(3, 9, 12, static b => b.Add(new CenterCrop(new Extent(4, 7)) { Scale = 2, Offset = -1 }, "input"));

    [OnnxRuntimeTheory]
    [InlineData(1, 0, 0)]
    [InlineData(2, 1, 2)]
    public void Kernels_may_differ_from_place_to_place(int stride, int before, int behind) => Check(2, 6, 7, b =>
    {
        var padding = new Padding(before, before, behind, behind);
        var probe = new Convolution(b.Random(new Shape(3, 2, 3, 2), 1), null) { Stride = Extent.Square(stride), Padding = padding };
        Shape output = probe.InferShape([new Shape(2, 6, 7)]);
        return b.Add(
            new LocalConvolution(b.Random(new Shape(output.ElementsPerChannel, 3, 2, 3, 2), 1), b.Random(output, 1)) { Stride = Extent.Square(stride), Padding = padding },
            "input");
    });

    [OnnxRuntimeTheory]
    [InlineData(2, 2, 0, 1)]
    [InlineData(2, 1, 0, 1)]
    [InlineData(5, 1, 2, 2)]
    [InlineData(3, 2, 1, 2)]
    [InlineData(13, 1, 6, 6)]
    public void Windows_reach_as_far_outside_as_Darknets(int size, int stride, int before, int behind)
    {
        var padding = new Padding(before, before, behind, behind);

        Check(3, 13, 14, b => b.Add(new MaxPool(Extent.Square(size), Extent.Square(stride), padding), b.Norm("input")));
        Check(3, 13, 14, b => b.Add(new AveragePool(Extent.Square(size), Extent.Square(stride), padding), b.Norm("input")));
        Check(3, 13, 14, b => b.Add(new AveragePool(Extent.Square(size), Extent.Square(stride), padding) { CountsPadding = true }, b.Norm("input")));
    }

    [OnnxRuntimeFact]
    public void Convolutions_take_uneven_steps_padding_and_dilation() => Check(4, 11, 12, static b => b.Add(
        new Convolution(b.Random(new Shape(6, 2, 3, 2), 1), b.Random(new Shape(6), 1))
        {
            Groups = 2,
            Stride = new Extent(2, 1),
            Dilation = new Extent(1, 3),
            Padding = new Padding(0, 3, 2, 1),
        },
        "input"));

    [OnnxRuntimeFact]
    public void Three_and_more_are_added() => Check(3, 4, 5, static b => b.Add(new Add(), "input", b.Norm("input"), b.Act("input"), "input"));

    [OnnxRuntimeFact]
    public void Factors_of_channels_places_and_vectors_are_repeated()
    {
        Check(3, 4, 5, static b => b.Add(new Multiply(), "input", b.Add(new GlobalMaxPool(), b.Norm("input"))));
        Check(3, 4, 5, static b => b.Add(new Multiply(), "input", b.Add(new Slice(1, 1), b.Norm("input"))));
        Check(3, 4, 5, static b => b.Add(new Multiply(), "input", b.Add(new Flatten(), b.Add(new GlobalAveragePool(), "input"))));
        Check(3, 4, 5, static b => b.Add(new Multiply(), b.Add(new Flatten(), b.Add(new GlobalAveragePool(), "input")), b.Add(new GlobalMaxPool(), "input")));
    }

    [OnnxRuntimeFact]
    public void Vectors_are_normalized_shuffled_sliced_and_joined() => Check(6, 2, 2, static b =>
    {
        string vector = b.Norm(b.Linear(b.Add(new Flatten(), "input"), 12));
        string shuffled = b.Add(new ChannelShuffle(3), b.Norm(vector));
        return b.Add(new Softmax(), b.Add(new Concat(), b.Add(new Split(3, 2), shuffled), b.Add(new Slice(2, 5), b.Act(vector))));
    });

    [OnnxRuntimeFact]
    public void Axes_and_shapes_change() => Check(4, 3, 6, static b =>
    {
        string turned = b.Add(new Transpose([2, 0, 1]), b.Conv("input", 4));
        string four = b.Add(new Reshape(new Shape(3, 2, 2, 6)), turned);
        return b.Add(new Transpose([3, 1, 0, 2]), four);
    });

    [OnnxRuntimeTheory]
    [InlineData(ChannelNormalizationKind.Sum)]
    [InlineData(ChannelNormalizationKind.Softmax)]
    [InlineData(ChannelNormalizationKind.SoftmaxMaximum)]
    public void Channels_of_a_place_are_normalized(ChannelNormalizationKind kind) =>
        Check(5, 3, 4, b => b.Add(new ChannelNormalization(kind), b.Norm("input")));

    [OnnxRuntimeTheory]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(18)]
    [InlineData(19)]
    [InlineData(20)]
    [InlineData(21)]
    public void Every_version_of_the_operators_says_the_same(int opset)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            Network network = RandomNetworks.Make(seed, isPadded: true, preservesZero: false);
            (string Name, Shape Shape)[] outputs = [.. network.Outputs.Select(value => (value, network.ShapeOf(value)))];
            using var oldest = new OnnxSession(OnnxFile.Write(network));
            using var session = new OnnxSession(OnnxFile.Write(network, ("opset", FormattableString.Invariant($"{opset}"))));

            float[][] expected = oldest.Run("input", Ort.Pictures(1, network.Inputs[0].Shape), outputs);
            float[][] actual = session.Run("input", Ort.Pictures(1, network.Inputs[0].Shape), outputs);

            for (int i = 0; i < outputs.Length; i++)
            {
                Ort.Difference(actual[i], expected[i]).Should().BeLessThan(1e-5, "of {0} in {1}", outputs[i].Name, network.Name);
            }
        }
    }

    [OnnxRuntimeFact]
    public void Batch_norm_computes_the_same_folded_and_kept()
    {
        Network network = OnnxNetworks.Detector();
        (string Name, Shape Shape)[] outputs = [.. network.Outputs.Select(value => (value, network.ShapeOf(value)))];
        using var folded = new OnnxSession(OnnxFile.Write(network));
        using var kept = new OnnxSession(OnnxFile.Write(network, ("keep-bn", "true")));

        float[][] expected = kept.Run("input", Ort.Pictures(1, network.Inputs[0].Shape), outputs);
        float[][] actual = folded.Run("input", Ort.Pictures(1, network.Inputs[0].Shape), outputs);

        Ort.Difference(actual[0], expected[0]).Should().BeLessThan(1e-5);
        Ort.Difference(actual[1], expected[1]).Should().BeLessThan(1e-5);
    }

    private static void Check(int channels, int height, int width, Func<NetworkBuilder, string> build)
    {
        var b = new NetworkBuilder(11, channels, height, width);
        build(b);
        Network network = b.Build();
        Ort.ShouldAgree(network);
        Ort.ShouldAgree(network, pictures: 3);
    }

    private static Tensor Vector(float value) => Tensor.FromFloats(value);
}
