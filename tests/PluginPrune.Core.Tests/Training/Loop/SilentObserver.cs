using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Training;

namespace PluginPrune.Core.Tests.Training.Loop;

/// <summary>Measures nothing and remembers the epochs.</summary>
internal sealed class SilentObserver : ITrainingObserver
{
    public List<EpochOutcome> Epochs { get; } = [];

    public void BatchDone(TrainingProgress progress)
    {
    }

    public IReadOnlyList<NamedValue> Measure(int epoch, Network network, CancellationToken cancellationToken) => [];

    public void EpochDone(EpochOutcome outcome, CancellationToken cancellationToken) => Epochs.Add(outcome);
}
