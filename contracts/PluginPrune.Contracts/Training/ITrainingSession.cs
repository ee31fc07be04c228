using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Contracts.Training;

/// <summary>
/// A network that is being trained: forward, backward as often as gradients are to be added up, then a step. Who trains owns the
/// loop, the losses and the learning rate; the session owns tensors, gradients and the optimizer's memory, on its device.
/// </summary>
/// <remarks>
/// Not safe for several threads at once; other sessions of the same engine are, see <see cref="ITrainingEngine.ParallelSessions"/>. Deterministic: the same calls with the same numbers and as many threads give the same bits.
/// </remarks>
public interface ITrainingSession : IDisposable
{
    /// <summary>
    /// Computes values in training mode: batch norms use the batch's statistics and update their running ones, but for
    /// <see cref="TrainingSettings.UsesRunningStatistics"/>.
    /// </summary>
    /// <param name="inputs">
    /// One batch for each input of the network, all of one batch size. Heights and widths may differ from the network's where its
    /// operations permit.
    /// </param>
    /// <param name="values">The names of the values wanted: nodes' ids.</param>
    /// <param name="cancellationToken">Ends the work early; the session can then only be restored or disposed of.</param>
    /// <returns>The values in the order asked for; their arrays are the caller's.</returns>
    /// <exception cref="ArgumentException">A batch does not fit its input, or a value does not exist.</exception>
    ImmutableArray<Batch<float>> Forward(IReadOnlyList<Batch<float>> inputs, IReadOnlyList<string> values, CancellationToken cancellationToken);

    /// <summary>Adds to the parameters' gradients what the values of the last forward run contribute.</summary>
    /// <param name="gradients">The derivative of the loss by each value of the last forward run, in its order; null where there is none.</param>
    /// <param name="cancellationToken">Ends the work early; the session can then only be restored or disposed of.</param>
    /// <exception cref="InvalidOperationException">There was no forward run since the last backward one.</exception>
    /// <exception cref="ArgumentException">A gradient has another shape than its value.</exception>
    void Backward(IReadOnlyList<Batch<float>?> gradients, CancellationToken cancellationToken);

    /// <summary>Moves the parameters by the gradients that were added up, and forgets these.</summary>
    /// <param name="settings">Learning rates and the like.</param>
    /// <returns>What the gradients were like. Where they were not finite, nothing moved.</returns>
    StepResult Step(StepSettings settings);

    /// <summary>Sets what pulls scales of batch norms from now on, in place of what was set before.</summary>
    /// <param name="penalties">At most one for each batch norm.</param>
    /// <exception cref="ArgumentException">A node is no batch norm, or the number of channels is another.</exception>
    void SetPenalties(IReadOnlyList<GammaPenalty> penalties);

    /// <summary>The network with its tensors as they are now.</summary>
    /// <param name="weights">The tensors that are trained, or their moving average.</param>
    /// <exception cref="InvalidOperationException">The average is wanted and no step has made one.</exception>
    Network Read(TrainedWeights weights);

    /// <summary>The gradients that were added up since the last step, in the tensors' places; for tests and for penalties of one's own.</summary>
    /// <param name="node">A node's id.</param>
    /// <param name="role">The tensor's role, see <see cref="Operations.NamedTensor"/>.</param>
    /// <exception cref="ArgumentException">There is no such learned tensor.</exception>
    Tensor ReadGradient(string node, string role);

    /// <summary>All that the next step depends on: tensors, the optimizer's memory, averages, counters.</summary>
    TrainingState Snapshot();

    /// <summary>Goes on from where a snapshot was taken, bit by bit, and forgets gradients.</summary>
    /// <param name="state">A snapshot of a session with the same network and settings.</param>
    /// <exception cref="ArgumentException">A tensor is missing or has another shape; the message names it.</exception>
    void Restore(TrainingState state);
}
