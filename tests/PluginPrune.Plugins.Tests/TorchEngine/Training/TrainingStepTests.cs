using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Contracts.Training;
using PluginPrune.Plugins.Tests.ManagedEngine;

namespace PluginPrune.Plugins.Tests.TorchEngine.Training;

/// <summary>What a step does to tensors, against the same rules written down for one number.</summary>
public sealed class TrainingStepTests
{
    private readonly Random _random = new(57);
    private readonly Network _network;

    public TrainingStepTests()
    {
        var sketch = new NetworkSketch(_random);
        _network = sketch.Input("x", 3, 6, 6).Node("c", sketch.Convolution(5, 3, 3), "x").Node("n", sketch.Norm(5), "c")
            .Node("a", new Activation(ActivationKind.LeakyRelu), "n")
            .Node("y", new Convolution(sketch.Tensor(4, 5, 1, 1), sketch.Tensor(4)), "a").Build();
    }

    [TorchTheory]
    [InlineData(OptimizerKind.Sgd, 0.0)]
    [InlineData(OptimizerKind.Sgd, 0.3)]
    [InlineData(OptimizerKind.AdamW, 0.0)]
    [InlineData(OptimizerKind.AdamW, 0.3)]
    public void Every_tensor_moves_as_the_optimizer_says(OptimizerKind kind, double clip)
    {
        using ITrainingSession session = GradientCheck.Begin(_network, new TrainingSettings { Optimizer = kind });
        var numbers = new Dictionary<(string Node, string Role), MovedNumber[]>();
        foreach (Node node in _network.Nodes)
        {
            foreach (NamedTensor tensor in node.Operation.Tensors.Where(static tensor => tensor.IsLearned))
            {
                numbers.Add((node.Id, tensor.Role), [.. tensor.Tensor.Floats.ToArray().Select(static x => new MovedNumber(x))]);
            }
        }

        for (int step = 1; step <= 4; step++)
        {
            // Rates and moments change from step to step, as in warm-ups.
            var settings = new StepSettings
            {
                LearningRate = 0.01 * step,
                BiasLearningRate = step < 3 ? 0.1 / step : null,
                Momentum = 0.8 + (0.02 * step),
                SecondMomentum = 0.99,
                WeightDecay = 0.05,
                ClipNorm = clip,
                AverageDecay = step < 2 ? null : 0.5,
            };
            Turn(session);
            Dictionary<(string Node, string Role), float[]> gradients =
                numbers.Keys.ToDictionary(static key => key, key => session.ReadGradient(key.Node, key.Role).Floats.ToArray());
            double norm = Math.Sqrt(gradients.Values.Sum(static tensor => tensor.Sum(static x => (double)x * x)));

            StepResult result = session.Step(settings);

            result.IsFinite.Should().BeTrue();
            result.GradientNorm.Should().BeApproximately(norm, 1e-9 * norm);
            double factor = clip > 0 && norm > clip ? clip / norm : 1;
            foreach (((string node, string role), MovedNumber[] tensor) in numbers)
            {
                bool isNorm = node == "n";
                double rate = role == "bias" ? settings.BiasLearningRate ?? settings.LearningRate : settings.LearningRate;
                double decay = isNorm || role == "bias" ? 0 : settings.WeightDecay;
                for (int i = 0; i < tensor.Length; i++)
                {
                    tensor[i].Move(kind, factor * gradients[(node, role)][i], rate, decay, settings, step);
                }
            }

            Compare(session.Read(TrainedWeights.Current), numbers, static number => number.Value);
            if (step >= 2)
            {
                Compare(session.Read(TrainedWeights.Averaged), numbers, static number => number.Average!.Value);
            }
        }
    }

    [TorchFact]
    public void Running_statistics_follow_the_batch_and_are_averaged_too()
    {
        using ITrainingSession session = GradientCheck.Begin(_network, new TrainingSettings { BatchNormMomentum = 0.25 });
        var norm = (BatchNorm)_network["n"].Operation;
        double[] means = [.. norm.Mean.Floats.ToArray().Select(static x => (double)x)];
        double[] variances = [.. norm.Variance.Floats.ToArray().Select(static x => (double)x)];
        double[] averages = [];
        for (int step = 0; step < 3; step++)
        {
            var reference = new TrainingReference(session.Read(TrainedWeights.Current));
            double[][] inputs = GradientCheck.Pictures(Turn(session));
            double[][] x = reference.Run([inputs])["c"];
            for (int c = 0; c < 5; c++)
            {
                (double mean, double variance, int count) = TrainingReference.Moments(x, 5, c);
                means[c] = (0.75 * means[c]) + (0.25 * mean);
                variances[c] = (0.75 * variances[c]) + (0.25 * variance * count / (count - 1));
            }

            averages = [.. (step == 0 ? variances : averages).Select((average, c) => (0.9 * average) + (0.1 * variances[c]))];
            session.Step(new StepSettings { LearningRate = 0.02, AverageDecay = 0.9 });
        }

        var current = (BatchNorm)session.Read(TrainedWeights.Current)["n"].Operation;
        var averaged = (BatchNorm)session.Read(TrainedWeights.Averaged)["n"].Operation;

        Close(current.Mean, means);
        Close(current.Variance, variances);
        Close(averaged.Variance, averages);
    }

    [TorchTheory]
    [InlineData(PenaltyMode.Subgradient)]
    [InlineData(PenaltyMode.Proximal)]
    public void Penalties_pull_scales_towards_their_centres(PenaltyMode mode)
    {
        float[] gammas = [0.5f, -0.5f, 0.001f, -0.001f, 0.3f];
        float[] centres = [0, 0, 0, 0, 0.25f];
        float[] strengths = [0.1f, 0.2f, 0.1f, 0.1f, 0.1f];
        var norm = (BatchNorm)_network["n"].Operation with { Gamma = Contracts.Networks.Tensor.FromFloats(gammas) };
        Network network = _network.With(_network.Nodes.Select(node => node.Id == "n" ? node with { Operation = norm } : node), []);
        using ITrainingSession session = GradientCheck.Begin(network, new TrainingSettings());
        session.SetPenalties([new GammaPenalty("n", [.. strengths], [.. centres], mode)]);
        Turn(session);
        float[] gradients = session.ReadGradient("n", "gamma").Floats.ToArray();
        double norms = Math.Sqrt(AllGradients(session).Sum(static x => (double)x * x));

        StepResult result = session.Step(new StepSettings { LearningRate = 0.01, Momentum = 0.9, ClipNorm = 0.5 });

        result.GradientNorm.Should().BeApproximately(norms, 1e-9 * norms, "penalties do not count");
        float[] moved = ((BatchNorm)session.Read(TrainedWeights.Current)["n"].Operation).Gamma.Floats.ToArray();
        for (int i = 0; i < 5; i++)
        {
            double clipped = gradients[i] * 0.5 / norms;
            double pull = mode == PenaltyMode.Subgradient ? strengths[i] * Math.Sign((double)gammas[i] - centres[i]) : 0;
            double expected = gammas[i] - (0.01 * 1.9 * (clipped + pull));
            if (mode == PenaltyMode.Proximal)
            {
                double away = expected - centres[i];
                expected = centres[i] + (Math.Sign(away) * Math.Max(0, Math.Abs(away) - (0.01 * strengths[i] / 0.1)));
            }

            ((double)moved[i]).Should().BeApproximately(expected, 1e-6, $"gamma {i}");
        }

        if (mode == PenaltyMode.Proximal)
        {
            moved[2].Should().Be(0, "a soft threshold arrives exactly");
        }

        session.SetPenalties([]);
        session.Step(new StepSettings { LearningRate = 0.01, Momentum = 0 });
        ((BatchNorm)session.Read(TrainedWeights.Current)["n"].Operation).Gamma.Floats.ToArray().Should().Equal(moved, "no gradient, no momentum and no penalty is left");
    }

    [TorchFact]
    public void Penalties_that_do_not_fit_are_refused_by_name()
    {
        using ITrainingSession session = GradientCheck.Begin(_network, new TrainingSettings());

        FluentActions.Invoking(() => session.SetPenalties([new GammaPenalty("c", [1], [], PenaltyMode.Proximal)])).Should().Throw<ArgumentException>().WithMessage("*'c'*no batch norm*");
        FluentActions.Invoking(() => session.SetPenalties([new GammaPenalty("n", [1, 2], [], PenaltyMode.Proximal)])).Should().Throw<ArgumentException>().WithMessage("*'n'*2 channels*has 5*");
        var twice = new GammaPenalty("n", [1, 2, 3, 4, 5], [], PenaltyMode.Proximal);
        FluentActions.Invoking(() => session.SetPenalties([twice, twice])).Should().Throw<ArgumentException>().WithMessage("Two penalties*'n'*");
    }

    [TorchTheory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Gradients_that_are_not_finite_move_nothing_and_are_forgotten(float bad)
    {
        using ITrainingSession session = GradientCheck.Begin(_network, new TrainingSettings());
        Turn(session);
        session.Step(new StepSettings { LearningRate = 0.1, AverageDecay = 0.9 });
        var input = new Batch<float>(1, new Shape(3, 6, 6), new NetworkSketch(_random).Numbers(108));
        Batch<float> y = session.Forward([input], ["y"], CancellationToken.None)[0];
        float[] gradient = new float[y.Elements.Length];
        gradient[7] = bad;
        TrainingState before = session.Snapshot();
        session.Backward([new Batch<float>(1, y.Shape, gradient)], CancellationToken.None);

        StepResult result = session.Step(new StepSettings { LearningRate = 0.1, AverageDecay = 0.9 });

        result.IsFinite.Should().BeFalse();
        SessionStates.ShouldBeEqual(session.Snapshot(), before);
        Turn(session);
        session.Step(new StepSettings { LearningRate = 0.1 }).IsFinite.Should().BeTrue();
    }

    private static void Close(Contracts.Networks.Tensor actual, double[] expected) =>
        Comparison.ShouldBeClose([.. actual.Floats.ToArray().Select(static x => (double)x)], expected, 1e-5, "statistics");

    private static void Compare(Network actual, Dictionary<(string Node, string Role), MovedNumber[]> numbers, Func<MovedNumber, double> which)
    {
        foreach (((string node, string role), MovedNumber[] expected) in numbers)
        {
            Contracts.Networks.Tensor tensor = actual[node].Operation.Tensors.Single(tensor => tensor.Role == role).Tensor;
            Comparison.ShouldBeClose([.. tensor.Floats.ToArray().Select(static x => (double)x)], [.. expected.Select(which)], 2e-6, $"{node}.{role}");
        }
    }

    private IEnumerable<float> AllGradients(ITrainingSession session) =>
        _network.Nodes.SelectMany(node => node.Operation.Tensors.Where(static tensor => tensor.IsLearned).SelectMany(tensor => session.ReadGradient(node.Id, tensor.Role).Floats.ToArray()));

    private Batch<float> Turn(ITrainingSession session)
    {
        var input = new Batch<float>(3, new Shape(3, 6, 6), new NetworkSketch(_random).Numbers(3 * 108));
        ImmutableArray<Batch<float>> y = session.Forward([input], ["y"], CancellationToken.None);
        session.Backward([new Batch<float>(3, y[0].Shape, new NetworkSketch(_random).Numbers(y[0].Elements.Length, -0.1, 0.1))], CancellationToken.None);
        return input;
    }
}
