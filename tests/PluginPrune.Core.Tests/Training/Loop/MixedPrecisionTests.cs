using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;
using PluginPrune.Core.Tests.Training.Loading;
using PluginPrune.Core.Tests.Training.Sparsity;
using PluginPrune.Core.Training;

namespace PluginPrune.Core.Tests.Training.Loop;

/// <summary>What the loop makes of gradients that half precision does not hold.</summary>
public sealed class MixedPrecisionTests
{
    private static readonly StepResult Overflow = new(double.PositiveInfinity, IsFinite: false) { IsOverflow = true };

    [Fact]
    public void A_step_too_large_for_half_precision_is_passed_over_and_counted()
    {
        EpochOutcome[] epochs = Train(2, Overflow, Overflow);

        epochs.Should().HaveCount(2);
        epochs[0].Result["steps skipped"].Should().Be(2);
        epochs[0].Result["gradient norm"].Should().Be(1, "steps that moved nothing have no norm");
        double.IsNaN(epochs[1].Result["steps skipped"]).Should().BeTrue();
        epochs[1].Checkpoint.State.Steps.Should().Be(4);
    }

    [Fact]
    public void An_epoch_in_which_nothing_moved_leaves_the_network_as_it_was()
    {
        EpochOutcome[] epochs = Train(1, Overflow, Overflow, Overflow);

        epochs.Single().Network.Should().BeSameAs(epochs.Single().Current, "there is no average yet");
    }

    [Fact]
    public void A_gradient_that_nothing_can_scale_down_ends_the_training_with_its_pictures()
    {
        Action training = () => Train(1, Overflow, new StepResult(double.NaN, IsFinite: false));

        training.Should().Throw<TrainingException>().WithMessage("A gradient is not a finite number in epoch 1, on the pictures *.png*").Which.IsDivergence.Should().BeTrue();
    }

    [Theory]
    [InlineData(4, 4, 1)]
    [InlineData(4, 8, 0)]
    [InlineData(2, 8, 0)]
    public void The_loss_hold_is_looked_at_in_steps_as_large_as_those_of_the_training(int batch, int nominal, double expected)
    {
        using var session = new ScriptedSession(Network, Overflow, Overflow);
        var meter = new ScaleGradientMeter(BatchGradients.Signs, Loader(batch), Settings(1) with { BatchSize = batch, NominalBatch = nominal });

        ImmutableArray<ScaleGradients> scales = meter.Measure(session, SparseNetworks.BatchNormsOf(Network), CancellationToken.None);

        scales[0].MeanSquare.Should().AllSatisfy(square => square.Should().BeApproximately(expected, 1e-9));
        session.Moved.Should().Be(0, "it is left as it was");
    }

    private static Network Network { get; } = SparseNetworks.Make(static _ => 1, static _ => 1);

    private static TrainerSettings Settings(int epochs) => new() { Epochs = epochs, BatchSize = 4, NominalBatch = 8 };

    private static TrainingLoader Loader(int batch) => new(Scene.Noise(24), Scene.Options(AugmentationPresets.None) with { BatchSize = batch });

    // Three steps an epoch.
    private static EpochOutcome[] Train(int epochs, params StepResult[] steps)
    {
        using var session = new ScriptedSession(Network, steps);
        var observer = new SilentObserver();
        new Trainer(Settings(epochs), BatchGradients.Signs, Loader(4), observer).Run(session, Scene.Input, null, ImmutableSortedDictionary<string, string>.Empty, CancellationToken.None);
        return [.. observer.Epochs];
    }
}
