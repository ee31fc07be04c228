using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Training;

/// <summary>An engine that can also train.</summary>
public interface ITrainingEngine : IEngine
{
    /// <summary>
    /// How many sessions may be at work at the same time, each called by a thread of its own, at least 1: as many as the engine may use
    /// threads, which they share by <see cref="TrainingSettings.Threads"/>. It is 1 where nothing is gained, for instance on a GPU.
    /// </summary>
    /// <value>The default is 1: one session after the other.</value>
    int ParallelSessions => 1;

    /// <summary>Prepares a network for training, from its tensors as they are.</summary>
    /// <param name="network">The network. It is not changed; <see cref="ITrainingSession.Read"/> gives what became of it.</param>
    /// <param name="settings">What stays the same during the whole training.</param>
    /// <exception cref="NotSupportedException">The network has an operation that this engine does not train; the message names the node.</exception>
    /// <exception cref="EngineUnavailableException">What the engine needs is not installed.</exception>
    ITrainingSession BeginTraining(Network network, TrainingSettings settings);
}
