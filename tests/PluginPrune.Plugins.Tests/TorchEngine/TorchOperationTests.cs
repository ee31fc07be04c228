using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.EngineTorch.Bindings;
using PluginPrune.EngineTorch.Calls;
using PluginPrune.Plugins.Tests.ManagedEngine;

namespace PluginPrune.Plugins.Tests.TorchEngine;

/// <summary>Every operation on shapes of chance.</summary>
public sealed class TorchOperationTests
{
    private const int Rounds = 12;

    private readonly Random _random = new(20);

    public static TheoryData<ActivationKind> ActivationKinds => [.. Enum.GetValues<ActivationKind>()];

    public static TheoryData<ChannelNormalizationKind> NormalizationKinds => [.. Enum.GetValues<ChannelNormalizationKind>()];

    [TorchTheory]
    [MemberData(nameof(ActivationKinds))]
    public void Activations(ActivationKind kind)
    {
        Repeat(() => CheckOne(new Activation(kind) { Slope = _random.NextDouble() }, range: 8, Map()));
        CheckOne(new Activation(kind), range: 200, [3, 1, 1]);
        CheckOne(new Activation(kind), range: 3, [17]);
    }

    [TorchFact]
    public void Convolutions() => Repeat(
        () =>
        {
            int groups = _random.Next(3) == 0 ? _random.Next(1, 4) : 1;
            int[] map = Map(least: 7);
            map[0] = groups * _random.Next(1, 6);
            int outputs = groups * _random.Next(1, 6);
            var sketch = new NetworkSketch(_random);
            var kernel = new Extent(_random.Next(1, 4), _random.Next(1, 4));
            CheckOne(
                new Convolution(
                    sketch.Tensor(outputs, map[0] / groups, kernel.Height, kernel.Width), _random.Next(2) == 0 ? null : sketch.Tensor(outputs))
                {
                    Stride = new Extent(_random.Next(1, 4), _random.Next(1, 4)),
                    Padding = Padding(4),
                    Dilation = new Extent(_random.Next(1, 4), _random.Next(1, 4)),
                    Groups = groups,
                },
                range: 1,
                map);
        },
        rounds: 60);

    [TorchFact]
    public void Depthwise_convolutions() => Repeat(() =>
    {
        int[] map = Map(least: 5);
        int multiplier = _random.Next(1, 3);
        CheckOne(
            new Convolution(new NetworkSketch(_random).Tensor(map[0] * multiplier, 1, 3, 3), null)
            {
                Stride = Extent.Square(_random.Next(1, 3)),
                Padding = Padding(3),
                Groups = map[0],
            },
            range: 1,
            map);
    });

    [TorchFact]
    public void Batch_norms()
    {
        Repeat(() =>
        {
            int[] map = Map();
            CheckOne(new NetworkSketch(_random).Norm(map[0]), range: 1, map);
        });
        CheckOne(new NetworkSketch(_random).Norm(11), range: 1, [11]);
    }

    [TorchFact]
    public void Sums_and_products() => Repeat(() =>
    {
        int[] map = Map();
        CheckOne(new Add(), range: 1, map, map);
        CheckOne(new Add(), range: 1, map, map, map, map);
        CheckOne(new Multiply(), range: 1, map, map);
        CheckOne(new Multiply(), range: 1, map, [map[0], 1, 1]);
        CheckOne(new Multiply(), range: 1, map, [map[0]]);
        CheckOne(new Multiply(), range: 1, map, [1, map[1], map[2]]);
        CheckOne(new Multiply(), range: 1, map, [1, 1, 1]);
        CheckOne(new Multiply(), range: 1, [map[0]], [map[0]]);
    });

    [TorchFact]
    public void One_value_read_twice_by_one_operation()
    {
        Check(new NetworkSketch(_random).Input("x", 4, 5, 6).Node("a", new Activation(ActivationKind.Tanh), "x")
            .Node("b", new Add(), "a", "a").Node("c", new Multiply(), "b", "b").Node("d", new Add(), "c", "b", "c").Build(), 1);
        Check(new NetworkSketch(_random).Input("x", 4, 5, 6).Node("a", new Activation(ActivationKind.Tanh), "x")
            .Node("s", new Slice(1, 4 - 1), "a").Node("t", new Slice(0, 3), "a").Node("b", new Add(), "s", "t").Build(), 1);
    }

    [TorchFact]
    public void Concats_splits_and_slices() => Repeat(() =>
    {
        int[] map = Map();
        CheckOne(new Concat(), range: 1, map);
        CheckOne(new Concat(), range: 1, map, [3, map[1], map[2]], [1, map[1], map[2]]);
        CheckOne(new Concat(), range: 1, [map[0]], [4]);
        int parts = _random.Next(1, 4);
        CheckOne(new Split(parts, _random.Next(parts)), range: 1, [map[0] * parts, map[1], map[2]]);
        int start = _random.Next(map[0]);
        CheckOne(new Slice(start, _random.Next(1, map[0] - start + 1)), range: 1, map);
    });

    [TorchFact]
    public void Pools_of_all_kinds() => Repeat(
        () =>
        {
            var kernel = new Extent(_random.Next(1, 6), _random.Next(1, 6));
            var stride = new Extent(_random.Next(1, 4), _random.Next(1, 4));
            Padding any = Padding(5);
            var padding = new Padding(
                Math.Min(any.Top, kernel.Height - 1),
                Math.Min(any.Left, kernel.Width - 1),
                Math.Min(any.Bottom, kernel.Height - 1),
                Math.Min(any.Right, kernel.Width - 1));
            int[] map = Map(least: 5);
            CheckOne(new MaxPool(kernel, stride, padding), range: 1, map);
            CheckOne(new AveragePool(kernel, stride, padding), range: 1, map);
            CheckOne(new AveragePool(kernel, stride, padding) { CountsPadding = true }, range: 1, map);
        },
        rounds: 40);

    [TorchFact]
    public void The_two_ways_to_a_maximum_agree() => Repeat(
        () =>
        {
            var kernel = new Extent(_random.Next(1, 5), _random.Next(1, 5));
            var padding = new Padding(_random.Next(kernel.Height), _random.Next(kernel.Width), _random.Next(kernel.Height), _random.Next(kernel.Width));
            var pool = new MaxPool(kernel, new Extent(_random.Next(1, 4), _random.Next(1, 4)), padding);
            long[] shape = [_random.Next(1, 3), _random.Next(1, 40), _random.Next(4, 12), _random.Next(4, 12)];
            Torch.Load();
            using DisposeScope scope = torch.NewDisposeScope();
            EngineTorch.Bindings.Tensor x = torch.tensor(
                new NetworkSketch(_random).Numbers((int)shape.Aggregate(static (a, b) => a * b)), shape, ScalarType.Float32, Device.Cpu, isChannelsLast: true);

            EngineTorch.Bindings.Tensor one = Pools.Maximum(x, pool);
            EngineTorch.Bindings.Tensor other = Pools.MaximumOnProcessor(x, pool);

            other.shape.Should().Equal(one.shape);
            Numbers(other).Should().Equal(Numbers(one));
        },
        rounds: 40);

    [TorchFact]
    public void Global_pools() => Repeat(() =>
    {
        CheckOne(new GlobalAveragePool(), range: 1, Map());
        CheckOne(new GlobalMaxPool(), range: 1, Map());
    });

    [TorchFact]
    public void Upsampling_by_every_factor()
    {
        foreach (int factor in new[] { 1, 2, 3, 4, 5, 7, 41, 47 })
        {
            CheckOne(new Upsample(factor), range: 1, [3, 4, 5]);
        }
    }

    [TorchFact]
    public void Space_to_depth_reorg_and_channel_shuffle() => Repeat(() =>
    {
        int size = _random.Next(1, 4);
        int[] map = Map(least: 1, most: 4);
        CheckOne(new SpaceToDepth(size, _random.Next(2) == 0), range: 1, [map[0], map[1] * size, map[2] * size]);
        CheckOne(new Reorg(size), range: 1, [map[0] * size * size, map[1] * size, map[2] * size]);
        CheckOne(new ChannelShuffle(size), range: 1, [map[0] * size, map[1], map[2]]);
        CheckOne(new ChannelShuffle(size), range: 1, [map[0] * size]);
    });

    [TorchFact]
    public void Channels_of_zeros() => Repeat(() =>
    {
        var padding = new ChannelPadding(_random.Next(4), _random.Next(4));
        CheckOne(padding, range: 1, Map());
        CheckOne(padding, range: 1, [_random.Next(1, 9)]);
    });

    [TorchFact]
    public void Center_crops() => Repeat(() =>
    {
        int[] map = Map();
        var size = new Extent(_random.Next(1, map[1] + 1), _random.Next(1, map[2] + 1));
        CheckOne(new CenterCrop(size), range: 1, map);
        CheckOne(new CenterCrop(size) { Scale = 2, Offset = -1 }, range: 1, map);
    });

    [TorchFact]
    public void Local_convolutions() => Repeat(() =>
    {
        int[] map = Map(least: 3);
        var stride = new Extent(_random.Next(1, 3), _random.Next(1, 3));
        Padding padding = Padding(3);
        int outputs = _random.Next(1, 4);
        int high = ((map[1] + padding.Top + padding.Bottom - 3) / stride.Height) + 1;
        int wide = ((map[2] + padding.Left + padding.Right - 2) / stride.Width) + 1;
        var sketch = new NetworkSketch(_random);
        CheckOne(
            new LocalConvolution(sketch.Tensor(high * wide, outputs, map[0], 3, 2), sketch.Tensor(outputs, high, wide)) { Stride = stride, Padding = padding },
            range: 1,
            map);
    });

    [TorchFact]
    public void Linear_layers() => Repeat(() =>
    {
        int inputs = _random.Next(1, 200);
        int outputs = _random.Next(1, 30);
        var sketch = new NetworkSketch(_random);
        CheckOne(new Linear(sketch.Tensor(outputs, inputs), _random.Next(2) == 0 ? null : sketch.Tensor(outputs)), range: 1, [inputs]);
    });

    [TorchFact]
    public void Softmaxes() => Repeat(() =>
    {
        CheckOne(new Softmax(), range: 5, Map());
        CheckOne(new Softmax(), range: 200, [_random.Next(1, 20)]);
    });

    [TorchTheory]
    [MemberData(nameof(NormalizationKinds))]
    public void Channel_normalizations(ChannelNormalizationKind kind)
    {
        Repeat(() => CheckOne(new ChannelNormalization(kind), range: 3, Map()));
        CheckOne(new ChannelNormalization(kind), range: 60, [5, 4, 3]);
    }

    [TorchFact]
    public void Shapes_change_and_come_back() => Repeat(() =>
    {
        int[] map = Map();
        CheckOne(new Flatten(), range: 1, map);
        CheckOne(new Reshape(new Shape(map[0] * map[1], map[2])), range: 1, map);
        CheckOne(new Reshape(new Shape(map[2], map[0] * map[1], 1)), range: 1, map);
        CheckOne(new Transpose([2, 0, 1]), range: 1, map);
        CheckOne(new Transpose([1, 0]), range: 1, [map[0], map[1]]);
        CheckOne(new Transpose([3, 1, 0, 2]), range: 1, [2, map[0], map[1], map[2]]);
        CheckOne(new Identity(), range: 1, map);
        CheckOne(new Dropout(0.5), range: 1, map);
    });

    private static float[] Numbers(EngineTorch.Bindings.Tensor tensor)
    {
        float[] numbers = new float[tensor.shape.Aggregate(static (a, b) => a * b)];
        tensor.Read(numbers);
        return numbers;
    }

    private static void Repeat(Action check, int rounds = Rounds)
    {
        for (int i = 0; i < rounds; i++)
        {
            check();
        }
    }

    private int[] Map(int least = 1, int most = 12) => [_random.Next(1, 9), _random.Next(least, most + 1), _random.Next(least, most + 1)];

    private Padding Padding(int below) =>
        _random.Next(2) == 0
            ? Contracts.Operations.Padding.Same(_random.Next(below))
            : new Padding(_random.Next(below), _random.Next(below), _random.Next(below), _random.Next(below));

    private void CheckOne(Operation operation, double range, params int[][] inputs)
    {
        var sketch = new NetworkSketch(_random);
        string[] names = [.. Enumerable.Range(0, inputs.Length).Select(static i => $"x{i}")];
        for (int i = 0; i < inputs.Length; i++)
        {
            sketch.Input(names[i], inputs[i]);
        }

        Check(sketch.Node("y", operation, names).Build(), range);
    }

    private void Check(Network network, double range)
    {
        string[] values = [.. network.Inputs.Select(static input => input.Name), .. network.Nodes.Select(static node => node.Id)];
        Agreement.Check(network, _random, _random.Next(1, 4), range, [network.Nodes[^1].Id]);
        Agreement.Check(network, _random, 2, range, values);
    }
}
