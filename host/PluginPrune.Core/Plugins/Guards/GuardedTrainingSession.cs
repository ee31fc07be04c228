using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;

namespace PluginPrune.Core.Plugins;

/// <summary>A training whose failures bear its plugin's name. It runs on the caller's thread: engines may tie memory to it.</summary>
internal sealed class GuardedTrainingSession(ITrainingSession inner, ContributionInfo contribution) : ITrainingSession
{
    public ImmutableArray<Batch<float>> Forward(IReadOnlyList<Batch<float>> inputs, IReadOnlyList<string> values, CancellationToken cancellationToken)
    {
        ImmutableArray<Batch<float>> results = Call("Running the network", () => inner.Forward(inputs, values, cancellationToken), cancellationToken);
        return !results.IsDefault && results.Length == values.Count
            ? results
            : throw new PluginException(
                [PluginGuard.Breach(contribution, DiagnosticCodes.NothingReturned, $"returned {(results.IsDefault ? 0 : results.Length)} values where {values.Count} were asked for")]);
    }

    public void Backward(IReadOnlyList<Batch<float>?> gradients, CancellationToken cancellationToken) =>
        Do("Computing gradients", () => inner.Backward(gradients, cancellationToken), cancellationToken);

    public StepResult Step(StepSettings settings) => Call("Moving the parameters", () => inner.Step(settings));

    public void SetPenalties(IReadOnlyList<GammaPenalty> penalties) => Do("Taking penalties", () => inner.SetPenalties(penalties));

    public Network Read(TrainedWeights weights) => Call("Reading the network", () => inner.Read(weights));

    public Tensor ReadGradient(string node, string role) => Call("Reading a gradient", () => inner.ReadGradient(node, role));

    public TrainingState Snapshot() => Call("Taking a snapshot", inner.Snapshot);

    public void Restore(TrainingState state) => Do("Restoring a snapshot", () => inner.Restore(state));

    public void Dispose() => inner.Dispose();

    private void Do(string doing, Action work, CancellationToken cancellationToken = default) => Call(
        doing,
        () =>
        {
            work();
            return true;
        },
        cancellationToken);

    private T Call<T>(string doing, Func<T> work, CancellationToken cancellationToken = default) =>
        PluginGuard.Call<T, ArgumentException>(contribution, doing, work, cancellationToken);
}
