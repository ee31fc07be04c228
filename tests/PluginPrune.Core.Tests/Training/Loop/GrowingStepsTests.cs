using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;
using PluginPrune.Core.Tests.Training.Loading;
using PluginPrune.Core.Tests.Training.Sparsity;
using PluginPrune.Core.Training;

namespace PluginPrune.Core.Tests.Training.Loop;

/// <summary>Steps that begin with one batch and grow over the warm-up.</summary>
public sealed class GrowingStepsTests
{
    private const int Epochs = 6;

    [Theory]
    [InlineData(26, 2, 8, 2)]
    [InlineData(25, 2, 7, 1.5)]
    [InlineData(9, 4, 64, 2)]
    [InlineData(16, 2, 4, 0)]
    [InlineData(10, 4, 4, 2)]
    [InlineData(9, 1_200_000_000, 2_000_000_000, 2)]
    [InlineData(9, int.MaxValue, int.MaxValue, 2)]
    public void They_are_those_of_an_obvious_loop(int pictures, int batch, int nominal, double warmUp)
    {
        TrainerSettings settings = Settings(batch, nominal, warmUp) with { GrowsSteps = true };

        List<(int Batches, double Sum, StepSettings Settings)> steps = Train(settings, pictures).Steps;

        (int Batches, double Sum)[] wanted = [.. Obvious(pictures, settings)];
        steps.Select(static step => step.Batches).Should().Equal(wanted.Select(static step => step.Batches));
        steps.Zip(wanted).Should().AllSatisfy(static pair => pair.First.Sum.Should().BeApproximately(pair.Second.Sum, 1e-6));
        steps.Select(static step => step.Settings.AverageDecay!.Value).Should().BeInAscendingOrder();
    }

    [Fact]
    public void The_rate_rises_from_batch_to_batch_and_is_the_usual_one_from_then_on()
    {
        TrainerSettings settings = Settings(2, 8, 2);

        StepSettings[] even = [.. Train(settings, 26).Steps.Select(static step => step.Settings)];
        StepSettings[] growing = [.. Train(settings with { GrowsSteps = true }, 26).Steps.Select(static step => step.Settings)];

        int more = growing.Length - even.Length;
        more.Should().BeGreaterThan(3);
        growing[..(8 + more)].Select(static step => step.LearningRate).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        growing[..(8 + more)].Select(static step => step.Momentum).Should().BeInAscendingOrder();
        growing[(8 + more)..].Select(Rates).Should().Equal(even[8..].Select(Rates));

        static (double, double?, double) Rates(StepSettings step) => (step.LearningRate, step.BiasLearningRate, step.Momentum);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void A_training_goes_on_in_the_midst_of_them_as_it_would_have(int epoch)
    {
        TrainerSettings settings = Settings(2, 8, 3) with { GrowsSteps = true };
        var observer = new SilentObserver();

        ScriptedSession whole = Train(settings, 26, observer: observer);
        ScriptedSession rest = Train(settings, 26, observer.Epochs[epoch - 1].Checkpoint);

        rest.Steps.Should().HaveCountGreaterThan(3).And.HaveCountLessThan(whole.Steps.Count);
        rest.Steps.Should().Equal(whole.Steps[^rest.Steps.Count..]);
    }

    [Fact]
    public void Where_nobody_asks_for_it_steps_are_even()
    {
        ScriptedSession session = Train(Settings(2, 8, 2), 26);

        session.Steps.Select(static step => step.Batches).Should().Equal(Enumerable.Repeat((int[])[4, 4, 4, 1], Epochs).SelectMany(static steps => steps));
        session.Steps.Should().AllSatisfy(static step => step.Sum.Should().BeApproximately(1, 1e-6));
    }

    /// <summary>Batch after batch, as YOLOv5 counts them; an epoch's last step has what is left.</summary>
    private static IEnumerable<(int Batches, double Sum)> Obvious(int pictures, TrainerSettings settings)
    {
        int batches = (int)Math.Ceiling((double)pictures / settings.BatchSize);
        double ratio = (double)settings.NominalBatch / settings.BatchSize;
        double warmUp = Math.Min(settings.Rates.WarmUpEpochs, Epochs / 3.0) * batches;
        double most = Math.Min(pictures, Math.Round(ratio) * settings.BatchSize);
        int number = 0;
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            int added = 0;
            int seen = 0;
            for (int i = 0; i < batches; i++, number++)
            {
                bool isWarm = warmUp > 0 && number <= warmUp && ratio > 1;
                double wanted = Math.Max(1, Math.Round(isWarm ? 1 + ((ratio - 1) * number / warmUp) : ratio));
                added++;
                seen += Math.Min(settings.BatchSize, pictures - (i * settings.BatchSize));
                if (added >= wanted || i == batches - 1)
                {
                    yield return (added, isWarm ? seen / Math.Max(seen, most) : 1);
                    (added, seen) = (0, 0);
                }
            }
        }
    }

    private static TrainerSettings Settings(int batch, int nominal, double warmUp) => new()
    {
        Epochs = Epochs,
        BatchSize = batch,
        NominalBatch = nominal,
        Rates = new RateSettings { WarmUpEpochs = warmUp, Kind = RateKind.Linear },
    };

    private static ScriptedSession Train(TrainerSettings settings, int pictures, Checkpoint? from = null, SilentObserver? observer = null)
    {
        Network network = SparseNetworks.Make(static _ => 1, static _ => 1);
        var session = new ScriptedSession(network);
        var loader = new TrainingLoader(Scene.Noise(pictures), Scene.Options(AugmentationPresets.None) with { BatchSize = settings.BatchSize });
        new Trainer(settings, BatchGradients.Ones, loader, observer ?? new SilentObserver())
            .Run(session, Scene.Input, from, ImmutableSortedDictionary<string, string>.Empty, CancellationToken.None);
        return session;
    }
}
