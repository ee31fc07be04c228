using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;
using PluginPrune.EngineTorch.Bindings;
using PluginPrune.Plugins.Tests.ManagedEngine;

namespace PluginPrune.Plugins.Tests.TorchEngine.Training;

/// <summary>What sessions owe beyond numbers. Alone, so that others' tensors do not count.</summary>
[Collection(nameof(TorchBindingTests))]
public sealed class TrainingMemoryTests
{
    private readonly Random _random = new(91);

    [TorchFact]
    public void Hundreds_of_steps_leave_no_tensors_behind()
    {
        Network network = TrainingSessionTests.WithDropout(_random);
        Torch.Load();
        long before = torch.LiveTensors;
        ITrainingSession session = GradientCheck.Begin(network, new TrainingSettings { Optimizer = OptimizerKind.AdamW });
        TrainingSessionTests.Steps(session, network, 0, 2);
        long held = torch.LiveTensors;

        TrainingSessionTests.Steps(session, network, 2, 300);
        torch.LiveTensors.Should().Be(held);

        session.SetPenalties([new GammaPenalty("0.bn", [.. new float[9]], [], PenaltyMode.Proximal)]);
        session.Forward([SampleNetworks.Picture(network, _random, 1)], ["16.add"], CancellationToken.None);
        session.Restore(session.Snapshot());
        session.Dispose();
        torch.LiveTensors.Should().Be(before);
        FluentActions.Invoking(session.Snapshot).Should().Throw<ObjectDisposedException>();
    }
}
