using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Contracts.Training;
using PluginPrune.Plugins.Tests.ManagedEngine;

namespace PluginPrune.Plugins.Tests.TorchEngine.Training;

/// <summary>What goes into a session and comes out of it.</summary>
public sealed class TrainingSessionTests
{
    private readonly Random _random = new(73);

    [TorchTheory]
    [InlineData(OptimizerKind.Sgd, 1)]
    [InlineData(OptimizerKind.AdamW, 2)]
    public void A_restored_session_goes_on_bit_by_bit(OptimizerKind kind, int threads)
    {
        Network network = WithDropout(_random);
        var settings = new TrainingSettings { Optimizer = kind, Seed = 5, Frozen = ["1.bn"] };
        ITrainingEngine engine = (ITrainingEngine)Torch.Engine(("threads", $"{threads}"));
        using ITrainingSession session = engine.BeginTraining(network, settings);
        Steps(session, network, 0, 3);
        TrainingState state = session.Snapshot();
        Steps(session, network, 3, 6);
        TrainingState expected = session.Snapshot();

        using ITrainingSession other = engine.BeginTraining(network, settings);
        Steps(other, network, 7, 8);
        other.Restore(state);
        SessionStates.ShouldBeEqual(other.Snapshot(), state);
        Steps(other, network, 3, 6);
        session.Restore(state);
        Steps(session, network, 3, 6);

        SessionStates.ShouldBeEqual(other.Snapshot(), expected);
        SessionStates.ShouldBeEqual(session.Snapshot(), expected);
        expected.Tensors["/counters"].Bytes.SequenceEqual(other.Snapshot().Tensors["/counters"].Bytes).Should().BeTrue();
    }

    [TorchFact]
    public void A_snapshot_of_something_else_is_refused_by_the_tensors_name()
    {
        Network network = WithDropout(_random);
        using ITrainingSession session = GradientCheck.Begin(network, new TrainingSettings());
        TrainingState state = session.Snapshot();

        FluentActions.Invoking(() => session.Restore(state with { Tensors = state.Tensors.Remove("1.conv.weight/momentum") }))
            .Should().Throw<ArgumentException>().WithMessage("*'1.conv.weight/momentum'*");
        FluentActions.Invoking(() => session.Restore(state with { Tensors = state.Tensors.SetItem("1.bn.gamma", Contracts.Networks.Tensor.FromFloats(1, 2)) }))
            .Should().Throw<ArgumentException>().WithMessage("*'1.bn.gamma'*");
        SessionStates.ShouldBeEqual(session.Snapshot(), state);
    }

    [TorchFact]
    public void Dropout_drops_its_share_by_its_seed_and_gradients_go_through_what_stays()
    {
        var sketch = new NetworkSketch(_random);
        Network network = sketch.Input("x", 2, 40, 50).Node("c", sketch.Convolution(4, 2, 1), "x").Node("d", new Dropout(0.3), "c").Build();
        Batch<float> picture = SampleNetworks.Picture(network, _random, 2);
        var draws = new List<float[]>();
        foreach (int seed in new[] { 1, 1, 2 })
        {
            using ITrainingSession session = GradientCheck.Begin(network, new TrainingSettings { Seed = seed });
            for (int i = 0; i < 2; i++)
            {
                ImmutableArray<Batch<float>> values = session.Forward([picture], ["c", "d"], CancellationToken.None);
                float[] factors = [.. values[0].Elements.Zip(values[1].Elements, static (x, y) => y == 0 ? 0 : y / x)];
                factors.Count(static x => x == 0).Should().BeInRange(4500, 5100, "30 % of 16,000");
                factors.Where(static x => x != 0).Should().OnlyContain(static x => Math.Abs(x - (1 / 0.7f)) < 1e-5f);
                draws.Add(factors);

                float[] ones = Enumerable.Repeat(1f, factors.Length).ToArray();
                session.Backward([null, new Batch<float>(2, values[1].Shape, ones)], CancellationToken.None);
                double expected = 0;
                for (int j = 0; j < factors.Length; j++)
                {
                    expected += j / 2000 % 4 == 1 ? factors[j] * picture.Elements[(j / 8000 * 4000) + (j % 2000)] : 0;
                }

                session.ReadGradient("c", "weight").Floats[2].Should().BeApproximately((float)expected, 1e-3f);
                session.Step(new StepSettings { LearningRate = 0 });
            }
        }

        draws[2].Should().Equal(draws[0], "the seed is the same").And.NotEqual(draws[1], "the batch is another");
        draws[3].Should().Equal(draws[1]);
        draws[4].Should().NotEqual(draws[0], "the seed is another");
    }

    [TorchFact]
    public void What_is_read_is_the_network_with_new_tensors_and_everything_else()
    {
        Network network = SampleNetworks.Detector(_random);
        var conv = (Convolution)network["3.conv"].Operation;
        Contracts.Networks.Tensor half = Contracts.Networks.Tensor.FromHalfs(conv.Weight.Shape, Array.ConvertAll(conv.Weight.Floats.ToArray(), static x => (Half)x));
        network = network.With(
            network.Nodes.Select(node => node.Id == "3.conv" ? node with { Operation = conv with { Weight = half }, Annotations = Annotations.None.With("kept") } : node), []);
        using ITrainingSession session = GradientCheck.Begin(network, new TrainingSettings { Frozen = ["0.conv", "0.bn"] });

        Network untouched = session.Read(TrainedWeights.Current);
        foreach (Node node in network.Nodes)
        {
            untouched[node.Id].Operation.Tensors.Select(static tensor => tensor.Tensor.Bytes.ToArray())
                .Should().BeEquivalentTo(node.Operation.Tensors.Select(static tensor => tensor.Tensor.Bytes.ToArray()), node.Id);
        }

        Steps(session, network, 0, 1);
        Network moved = session.Read(TrainedWeights.Current);

        moved["3.conv"].Annotations.Find<string>().Should().Be("kept");
        var trained = (Convolution)moved["3.conv"].Operation;
        trained.Weight.Type.Should().Be(ElementType.F16);
        trained.Weight.Bytes.SequenceEqual(half.Bytes).Should().BeFalse();
        trained.Padding.Should().Be(conv.Padding);
        moved["0.conv"].Should().Be(network["0.conv"], "it is frozen");
        moved["0.bn"].Should().Be(network["0.bn"], "it is frozen, with its statistics");
        ((BatchNorm)moved["1.bn"].Operation).Mean.Bytes.SequenceEqual(((BatchNorm)network["1.bn"].Operation).Mean.Bytes).Should().BeFalse();
        FluentActions.Invoking(() => session.Read(TrainedWeights.Averaged)).Should().NotThrow();
    }

    [TorchFact]
    public void What_cannot_be_is_refused_with_a_reason()
    {
        Network network = SampleNetworks.Detector(_random);
        using ITrainingSession session = GradientCheck.Begin(network, new TrainingSettings());
        Batch<float> picture = SampleNetworks.Picture(network, _random, 1);

        FluentActions.Invoking(() => session.Read(TrainedWeights.Averaged)).Should().Throw<InvalidOperationException>();
        FluentActions.Invoking(() => session.Backward([], CancellationToken.None)).Should().Throw<InvalidOperationException>();
        FluentActions.Invoking(() => session.Forward([picture], ["none"], CancellationToken.None)).Should().Throw<ArgumentException>().WithMessage("*'none'*");
        FluentActions.Invoking(() => session.Forward([new Batch<float>(1, new Shape(4, 8, 8), new float[256])], ["0.act"], CancellationToken.None))
            .Should().Throw<ArgumentException>().WithMessage("*'x'*4 x 8 x 8*");
        FluentActions.Invoking(() => session.Forward([new Batch<float>(1, new Shape(3, 5, 8), new float[120])], ["16.add"], CancellationToken.None))
            .Should().Throw<ArgumentException>().WithMessage("*9.cat*");
        FluentActions.Invoking(() => session.ReadGradient("0.bn", "mean")).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => session.ReadGradient("none", "weight")).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => GradientCheck.Begin(network, new TrainingSettings { Frozen = ["none"] })).Should().Throw<ArgumentException>().WithMessage("*'none'*");

        ImmutableArray<Batch<float>> values = session.Forward([picture], ["16.add"], CancellationToken.None);
        FluentActions.Invoking(() => session.Backward([values[0], null], CancellationToken.None)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => session.Backward([picture], CancellationToken.None)).Should().Throw<ArgumentException>().WithMessage("*'16.add'*");
        session.Backward(values.ToArray(), CancellationToken.None);
        FluentActions.Invoking(() => session.Backward(values.ToArray(), CancellationToken.None)).Should().Throw<InvalidOperationException>();

        Network opaque = new NetworkSketch(_random).Input("x", 1, 2, 2).Node("odd", new Opaque("lstm", new Shape(1, 2, 2), []), "x").Build();
        FluentActions.Invoking(() => GradientCheck.Begin(opaque, new TrainingSettings())).Should().Throw<NotSupportedException>().WithMessage("*odd*lstm*");
    }

    [TorchFact]
    public void A_cancelled_run_can_only_be_restored_from()
    {
        Network network = WithDropout(_random);
        using ITrainingSession session = GradientCheck.Begin(network, new TrainingSettings());
        TrainingState state = session.Snapshot();
        FluentActions.Invoking(() => session.Forward([SampleNetworks.Picture(network, _random, 1)], ["16.add"], new CancellationToken(canceled: true)))
            .Should().Throw<OperationCanceledException>();

        FluentActions.Invoking(() => Steps(session, network, 0, 1)).Should().Throw<InvalidOperationException>().WithMessage("*restore*");
        session.Restore(state);
        Steps(session, network, 0, 1);
    }

    internal static void Steps(ITrainingSession session, Network network, int first, int end)
    {
        for (int step = first; step < end; step++)
        {
            var random = new Random(step);
            ImmutableArray<Batch<float>> values = session.Forward([SampleNetworks.Picture(network, random, 2)], ["16.add", "7.conv"], CancellationToken.None);
            session.Backward(
                [.. values.Select(value => new Batch<float>(value.Size, value.Shape, new NetworkSketch(random).Numbers(value.Elements.Length)))], CancellationToken.None);
            session.Step(new StepSettings { LearningRate = 0.01, WeightDecay = 0.01, ClipNorm = 5, AverageDecay = 0.9 });
        }
    }

    internal static Network WithDropout(Random random)
    {
        Network network = SampleNetworks.Detector(random);
        return network.With(network.Nodes.Select(static node => node.Id == "6.same" ? node with { Operation = new Dropout(0.2) } : node), []);
    }
}
