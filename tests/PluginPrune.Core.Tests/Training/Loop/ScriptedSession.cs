using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Contracts.Training;

namespace PluginPrune.Core.Tests.Training.Loop;

/// <summary>
/// Goes through a training's calls and computes nothing: steps come out as they are told to, and the gradient of each scale is the sum of what
/// was given back for the first value.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="results">What comes of the steps, one after the other; where they end, all is well.</param>
internal sealed class ScriptedSession(Network network, params StepResult[] results) : ITrainingSession
{
    private static readonly StepResult Fine = new(1, IsFinite: true);

    private readonly Queue<StepResult> _results = new(results);
    private double _sum;
    private int _batches;

    /// <summary>All steps: how many batches each had, the sum of what was given back for the first value, and what it was told.</summary>
    public List<(int Batches, double Sum, StepSettings Settings)> Steps { get; } = [];

    /// <summary>Steps that moved something.</summary>
    public long Moved { get; private set; }

    public ImmutableArray<Batch<float>> Forward(IReadOnlyList<Batch<float>> inputs, IReadOnlyList<string> values, CancellationToken cancellationToken)
    {
        int size = inputs[0].Size;
        return [new Batch<float>(size, new Shape(1), new float[size])];
    }

    public void Backward(IReadOnlyList<Batch<float>?> gradients, CancellationToken cancellationToken)
    {
        _sum += gradients[0]!.Elements.Sum(static number => (double)number);
        _batches++;
    }

    public StepResult Step(StepSettings settings)
    {
        Steps.Add((_batches, _sum, settings));
        (_batches, _sum) = (0, 0);
        StepResult result = _results.TryDequeue(out StepResult next) ? next : Fine;
        Moved += result.IsFinite ? 1 : 0;
        return result;
    }

    public void SetPenalties(IReadOnlyList<GammaPenalty> penalties)
    {
    }

    public Network Read(TrainedWeights weights) => weights == TrainedWeights.Averaged && Moved == 0
        ? throw new InvalidOperationException("No step kept a moving average.")
        : network;

    public Tensor ReadGradient(string node, string role)
    {
        Tensor gamma = ((BatchNorm)network[node].Operation).Gamma;
        return gamma.WithFloats([.. Enumerable.Repeat((float)_sum, gamma.Count)]);
    }

    public TrainingState Snapshot() => new(Moved, ImmutableSortedDictionary<string, Tensor>.Empty);

    public void Restore(TrainingState state) => Moved = state.Steps;

    public void Dispose()
    {
    }
}
