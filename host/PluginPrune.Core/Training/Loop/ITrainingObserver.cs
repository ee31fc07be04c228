using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Training;

/// <summary>Is told how a training goes. Its calls come one after another.</summary>
public interface ITrainingObserver
{
    /// <summary>A batch was learned from.</summary>
    void BatchDone(TrainingProgress progress);

    /// <summary>An epoch ended and was not measured yet.</summary>
    /// <param name="epoch">From 0.</param>
    /// <param name="network">The network as it would be used: the average where one is kept.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>What it is worth, the deciding metric first, more is better; empty where this epoch is not measured.</returns>
    IReadOnlyList<NamedValue> Measure(int epoch, Network network, CancellationToken cancellationToken);

    /// <summary>An epoch is complete. What is written to the disk is written here.</summary>
    /// <param name="outcome">The epoch.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    void EpochDone(EpochOutcome outcome, CancellationToken cancellationToken);
}
