using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Training;

/// <summary>An engine that can also train.</summary>
public interface ITrainingEngine : IEngine
{
    /// <summary>Prepares a network for training, from its tensors as they are.</summary>
    /// <param name="network">The network. It is not changed; <see cref="ITrainingSession.Read"/> gives what became of it.</param>
    /// <param name="settings">What stays the same during the whole training.</param>
    /// <exception cref="NotSupportedException">The network has an operation that this engine does not train; the message names the node.</exception>
    /// <exception cref="EngineUnavailableException">What the engine needs is not installed.</exception>
    ITrainingSession BeginTraining(Network network, TrainingSettings settings);
}
