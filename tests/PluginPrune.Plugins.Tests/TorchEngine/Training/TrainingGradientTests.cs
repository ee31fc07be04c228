using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Contracts.Training;
using PluginPrune.Plugins.Tests.ManagedEngine;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.TorchEngine.Training;

/// <summary>Gradients against differences of a reference in double precision.</summary>
public sealed class TrainingGradientTests
{
    private readonly Random _random = new(31);

    public static TheoryData<ActivationKind> ActivationKinds => [.. Enum.GetValues<ActivationKind>()];

    public static TheoryData<ChannelNormalizationKind> NormalizationKinds => [.. Enum.GetValues<ChannelNormalizationKind>()];

    [TorchTheory]
    [MemberData(nameof(ActivationKinds))]
    public void Of_activations_alone_and_behind_batch_norms(ActivationKind kind)
    {
        var activation = new Activation(kind) { Slope = _random.NextDouble() };
        Between(activation, 5, 4, 3);
        var sketch = new NetworkSketch(_random);
        Network network = sketch.Input("x", 3, 5, 4).Node("c", sketch.Convolution(7, 3, 3), "x").Node("n", sketch.Norm(7), "c")
            .Node("a", activation, "n").Node("d", sketch.Convolution(2, 7, 3), "a").Build();
        GradientCheck.Check(network, _random, 3, ["d"], range: 3);
        GradientCheck.Check(network, _random, 3, ["d", "n", "a"], range: 3);
    }

    [TorchFact]
    public void Of_convolutions() => Repeat(
        () =>
        {
            int groups = _random.Next(3) == 0 ? _random.Next(2, 4) : 1;
            int inputs = groups * _random.Next(1, 3);
            int outputs = groups * _random.Next(1, 4);
            var sketch = new NetworkSketch(_random);
            var kernel = new Extent(_random.Next(1, 4), _random.Next(1, 4));
            Around(
                new Convolution(sketch.Tensor(outputs, inputs / groups, kernel.Height, kernel.Width), _random.Next(2) == 0 ? null : sketch.Tensor(outputs))
                {
                    Stride = new Extent(_random.Next(1, 3), _random.Next(1, 3)),
                    Padding = new Padding(_random.Next(3), _random.Next(3), _random.Next(3), _random.Next(3)),
                    Dilation = new Extent(_random.Next(1, 3), _random.Next(1, 3)),
                    Groups = groups,
                },
                [inputs, 5, 6]);
        },
        16);

    [TorchFact]
    public void Of_depthwise_convolutions() => Repeat(
        () => Around(
            new Convolution(new NetworkSketch(_random).Tensor(8, 1, 3, 3), null) { Stride = Extent.Square(_random.Next(1, 3)), Padding = Padding.Same(1), Groups = 8 }, [8, 5, 5]),
        3);

    [TorchFact]
    public void Of_batch_norms_of_few_and_many_channels()
    {
        foreach (int channels in new[] { 1, 2, 13, 16, 40, 257, 300 })
        {
            Around(new NetworkSketch(_random).Norm(channels), [channels, channels < 100 ? 5 : 1, 3]);
        }

        var sketch = new NetworkSketch(_random);
        Network vectors = sketch.Input("x", 6).Node("l", new Linear(sketch.Tensor(9, 6), sketch.Tensor(9)), "x").Node("n", sketch.Norm(9), "l")
            .Node("a", new Activation(ActivationKind.Relu), "n").Build();
        GradientCheck.Check(vectors, _random, 7, ["a"]);
        Network odd = sketch.Node("r", new Reshape(new Shape(3, 3)), "a").Node("m", sketch.Norm(3), "r").Build();
        GradientCheck.Check(odd, _random, 7, ["m"]);
    }

    [TorchFact]
    public void Of_pools() => Repeat(
        () =>
        {
            var kernel = new Extent(_random.Next(1, 5), _random.Next(1, 5));
            var stride = new Extent(_random.Next(1, 3), _random.Next(1, 3));
            var padding = new Padding(_random.Next(kernel.Height), _random.Next(kernel.Width), _random.Next(kernel.Height), _random.Next(kernel.Width));
            Between(new MaxPool(kernel, stride, padding), 3, 6, 7);
            Between(new AveragePool(kernel, stride, padding), 3, 6, 7);
            Between(new AveragePool(kernel, stride, padding) { CountsPadding = true }, 3, 6, 7);
        },
        6);

    [TorchFact]
    public void Of_max_pools_over_many_channels()
    {
        Between(new MaxPool(Extent.Square(2), Extent.Square(1), new Padding(0, 0, 1, 1)), 70, 3, 4);
        Between(new MaxPool(Extent.Square(5), Extent.Square(1), Padding.Same(2)), 33, 5, 4);
    }

    [TorchFact]
    public void Of_pools_that_join_a_batch_norm_and_its_activation()
    {
        foreach ((int channels, Extent kernel, Extent stride) in new[]
        {
            (5, Extent.Square(2), Extent.Square(2)), (40, new Extent(1, 2), new Extent(2, 3)), (3, new Extent(3, 2), new Extent(3, 2)), (300, Extent.Square(2), Extent.Square(2)),
        })
        {
            var sketch = new NetworkSketch(_random);
            Network network = sketch.Input("x", 2, 6, 7).Node("c", sketch.Convolution(channels, 2, 3), "x").Node("n", sketch.Norm(channels), "c")
                .Node("a", new Activation(channels == 3 ? ActivationKind.Relu : ActivationKind.LeakyRelu), "n").Node("p", new MaxPool(kernel, stride, default), "a")
                .Node("y", sketch.Convolution(2, channels, 1), "p").Build();
            GradientCheck.Check(network, _random, 2, ["y"]);
            GradientCheck.Check(network, _random, 2, ["y", "p"]);
            GradientCheck.Check(network, _random, 2, ["y", "a"]);
            GradientCheck.Check(network, _random, 2, ["p"], ["n"]);
        }
    }

    [TorchFact]
    public void Of_global_pools_and_upsampling()
    {
        Between(new GlobalAveragePool(), 5, 4, 3);
        Between(new GlobalMaxPool(), 5, 4, 3);
        foreach (int factor in new[] { 1, 2, 3 })
        {
            Between(new Upsample(factor), 3, 2, 4);
        }
    }

    [TorchFact]
    public void Of_what_moves_elements()
    {
        Between(new SpaceToDepth(2), 3, 4, 6);
        Between(new SpaceToDepth(2, ColumnsFirst: true), 3, 4, 6);
        Between(new Reorg(2), 4, 4, 6);
        Between(new ChannelShuffle(3), 6, 4, 3);
        Between(new CenterCrop(new Extent(2, 3)), 3, 5, 4);
        Between(new CenterCrop(new Extent(2, 3)) { Scale = 2, Offset = -1 }, 3, 5, 4);
        Between(new Split(2, 1), 6, 3, 4);
        Between(new Slice(1, 3), 6, 3, 4);
        Between(new ChannelPadding(2, 1), 3, 3, 4);
        Between(new ChannelPadding(0, 4), 3, 3, 4);
        Between(new MaxPool(Extent.Square(1), Extent.Square(2), default), 3, 5, 4);
        Between(new Transpose([0, 2, 1]), 3, 4, 5);
        Between(new Transpose([2, 0, 1]), 3, 4, 5);
        Between(new Reshape(new Shape(6, 2, 5)), 3, 4, 5);
        Between(new Identity(), 3, 4, 5);
        Between(new Softmax(), 6, 2, 3);
    }

    [TorchTheory]
    [MemberData(nameof(NormalizationKinds))]
    public void Of_channel_normalizations(ChannelNormalizationKind kind) => Between(new ChannelNormalization(kind), 5, 3, 2);

    [TorchFact]
    public void Of_sums_products_and_joints()
    {
        var sketch = new NetworkSketch(_random);
        Network network = sketch.Input("x", 3, 4, 5)
            .Node("a", sketch.Convolution(6, 3, 3), "x").Node("b", sketch.Convolution(6, 3, 1), "x")
            .Node("sum", new Add(), "a", "b", "a").Node("relu", new Activation(ActivationKind.Relu), "sum")
            .Node("cat", new Concat(), "relu", "b", "sum").Node("one", new Concat(), "cat")
            .Node("c", sketch.Convolution(6, 18, 1), "one")
            .Node("mean", new GlobalAveragePool(), "c").Node("gate", sketch.Convolution(6, 6, 1), "mean")
            .Node("sigmoid", new Activation(ActivationKind.Sigmoid), "gate").Node("scaled", new Multiply(), "c", "sigmoid")
            .Node("sam", new Multiply(), "scaled", "a").Node("d", sketch.Convolution(1, 6, 1), "sam").Node("places", new Multiply(), "sam", "d")
            .Node("square", new Multiply(), "places", "places").Node("twice", new Add(), "square", "square").Build();

        GradientCheck.Check(network, _random, 2, ["twice"]);
        GradientCheck.Check(network, _random, 2, ["twice", "sum", "relu", "cat", "sum"]);
    }

    [TorchFact]
    public void Of_classifiers_and_local_layers()
    {
        var sketch = new NetworkSketch(_random);
        Network network = sketch.Input("x", 3, 5, 5).Node("c", sketch.Convolution(4, 3, 3), "x")
            .Node("l", new LocalConvolution(sketch.Tensor(9, 3, 4, 3, 3), sketch.Tensor(3, 3, 3)) { Stride = Extent.Square(2), Padding = Padding.Same(1) }, "c")
            .Node("f", new Flatten(), "l").Node("o", new Linear(sketch.Tensor(5, 27), sketch.Tensor(5)), "f")
            .Node("p", new Linear(sketch.Tensor(4, 5), null), "o").Node("s", new Softmax(), "p").Build();

        GradientCheck.Check(network, _random, 3, ["s"]);
    }

    [TorchFact]
    public void Of_detectors_with_inner_taps()
    {
        Network network = SampleNetworks.Detector(_random);

        GradientCheck.Check(network, _random, 2, ["16.add", "11.flat"]);
        GradientCheck.Check(network, _random, 2, ["2.act", "16.add", "1.bn", "5.pool"]);
    }

    [TorchFact]
    public void Of_random_networks()
    {
        int found = 0;
        for (int seed = 0; found < 4; seed++)
        {
            Network made = RandomNetworks.Make(seed, isPadded: true, preservesZero: false);
            if (made.Nodes.Length > 40 || made.Nodes.Any(static node => node.Operation is Reshape or Transpose))
            {
                continue;
            }

            found++;
            Network network = made.WithInputSize(8, 8).With(
                made.Nodes.Select(static node => node.Operation is Dropout ? node with { Operation = new Identity() } : node), made.Heads);
            GradientCheck.Check(network, new Random(seed), 3, [.. network.Outputs], range: 2, coordinates: 1);
        }
    }

    [TorchFact]
    public void With_frozen_nodes_which_get_none_and_keep_their_statistics()
    {
        Network network = SampleNetworks.Detector(_random);

        GradientCheck.Check(network, _random, 2, ["16.add", "11.flat"], ["0.conv", "0.bn", "1.bn", "10.bn", "7.conv"]);
        GradientCheck.Check(network, _random, 2, ["16.add", "11.flat"], [.. network.Nodes.Take(10).Select(static node => node.Id)]);
    }

    [TorchFact]
    public void With_running_statistics_which_stay_as_they_are()
    {
        Network network = SampleNetworks.Detector(_random);
        GradientCheck.Check(network, _random, 2, ["16.add", "11.flat"], isInference: true);
        GradientCheck.Check(network, _random, 2, ["16.add", "11.flat"], ["0.conv", "0.bn", "7.conv"], isInference: true);

        // One with the pool behind it, and one that the bridge leaves to ATen.
        var sketch = new NetworkSketch(_random);
        Network pooled = sketch.Input("x", 2, 6, 7).Node("c", sketch.Convolution(5, 2, 3), "x").Node("n", sketch.Norm(5), "c").Node("a", new Activation(ActivationKind.Relu), "n")
            .Node("p", new MaxPool(Extent.Square(2), Extent.Square(2), default), "a").Node("r", new Reshape(new Shape(5, 9)), "p").Node("m", sketch.Norm(5), "r").Build();
        GradientCheck.Check(pooled, _random, 3, ["m"], isInference: true);

        using ITrainingSession session = GradientCheck.Begin(network, new TrainingSettings { UsesRunningStatistics = true });
        session.Forward([SampleNetworks.Picture(network, _random, 2)], ["16.add"], CancellationToken.None);
        var before = (BatchNorm)network["0.bn"].Operation;
        var after = (BatchNorm)session.Read(TrainedWeights.Current)["0.bn"].Operation;
        after.Mean.Floats.ToArray().Should().Equal(before.Mean.Floats.ToArray());
        after.Variance.Floats.ToArray().Should().Equal(before.Variance.Floats.ToArray());
    }

    [TorchFact]
    public void At_several_sizes_in_turn_and_added_up()
    {
        Network network = SampleNetworks.Detector(_random);
        network = network.With(network.Nodes.Where(static node => node.Id != "11.flat"), network.Heads);
        using ITrainingSession session = GradientCheck.Begin(network, new TrainingSettings());
        foreach ((int height, int width) in new[] { (20, 24), (8, 8), (12, 16), (20, 24) })
        {
            GradientCheck.Check(session, network, network.WithInputSize(height, width), _random, 2, ["16.add"], []);
            session.Step(new StepSettings { LearningRate = 0 });
        }
    }

    [TorchFact]
    public void Of_two_batches_add_up()
    {
        Network network = SampleNetworks.Detector(_random);
        using ITrainingSession session = GradientCheck.Begin(network, new TrainingSettings());
        Batch<float>[] pictures = [SampleNetworks.Picture(network, _random, 2), SampleNetworks.Picture(network, _random, 3)];
        Batch<float>[] gradients =
            [.. pictures.Select(batch => new Batch<float>(batch.Size, network.ShapeOf("16.add"), new NetworkSketch(_random).Numbers(batch.Size * network.ShapeOf("16.add").Count)))];
        var apart = new List<float[]>();
        for (int i = 0; i < 2; i++)
        {
            Run(i);
            apart.Add(session.ReadGradient("1.conv", "weight").Floats.ToArray());
            session.Step(new StepSettings { LearningRate = 0 });
        }

        Run(0);
        Run(1);

        session.ReadGradient("1.conv", "weight").Floats.ToArray().Should().Equal(apart[0].Zip(apart[1], static (a, b) => a + b));

        void Run(int i)
        {
            session.Forward([pictures[i]], ["16.add"], CancellationToken.None);
            session.Backward([gradients[i]], CancellationToken.None);
        }
    }

    private static void Repeat(Action check, int rounds)
    {
        for (int i = 0; i < rounds; i++)
        {
            check();
        }
    }

    // The operation reads what a convolution makes, so that gradients must go through it.
    private void Between(Operation operation, params int[] shape)
    {
        var sketch = new NetworkSketch(_random);
        Network network = sketch.Input("x", 2, shape[1], shape[2]).Node("c", sketch.Convolution(shape[0], 2, 3), "x").Node("y", operation, "c").Build();
        GradientCheck.Check(network, _random, 2, ["y"], range: 3);
        GradientCheck.Check(network, _random, 2, ["y", "c"], range: 3);
    }

    private void Around(Operation operation, int[] shape)
    {
        var sketch = new NetworkSketch(_random);
        Network network = sketch.Input("x", 2, shape[1], shape[2]).Node("c", sketch.Convolution(shape[0], 2, 3), "x").Node("y", operation, "c").Build();
        Network tanh = sketch.Node("t", new Activation(ActivationKind.Tanh), "y").Build();
        GradientCheck.Check(network, _random, 3, ["y"]);
        GradientCheck.Check(tanh, _random, 2, ["t"]);
    }
}
