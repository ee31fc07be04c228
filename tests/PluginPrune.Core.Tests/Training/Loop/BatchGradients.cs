using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;
using PluginPrune.Core.Training;

namespace PluginPrune.Core.Tests.Training.Loop;

/// <summary>A loss whose gradient is said for each batch, spread over its pictures as that of a mean is.</summary>
/// <param name="term">What the loss is called.</param>
/// <param name="gradientOf">The gradient of the batch that is the first, second, ... of its epoch.</param>
internal sealed class BatchGradients(string term, Func<int, float> gradientOf) : IBatchLoss
{
    /// <summary>Always the same.</summary>
    public static BatchGradients Ones { get; } = new("mean", static _ => 1);

    /// <summary>Noise alone: 1 for one batch, -1 for the next.</summary>
    public static BatchGradients Signs { get; } = new("noise", static index => index % 2 == 0 ? 1 : -1);

    public ImmutableArray<string> Values => ["n0"];

    public (ImmutableArray<LossTerm> Terms, ImmutableArray<Batch<float>> Gradients) Compute(
        TrainingBatch batch, ImmutableArray<Batch<float>> values, CancellationToken cancellationToken)
    {
        float[] gradient = [.. Enumerable.Repeat(gradientOf(batch.Index) / batch.Input.Size, batch.Input.Size)];
        return ([new LossTerm(term, 1)], [new Batch<float>(batch.Input.Size, new Shape(1), gradient)]);
    }
}
