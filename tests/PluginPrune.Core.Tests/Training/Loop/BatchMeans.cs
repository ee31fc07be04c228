using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;
using PluginPrune.Core.Training;

namespace PluginPrune.Core.Tests.Training.Loop;

/// <summary>A loss whose gradient is 1 for every batch, spread over its pictures as that of a mean is.</summary>
internal sealed class BatchMeans : IBatchLoss
{
    public ImmutableArray<string> Values => ["n0"];

    public (ImmutableArray<LossTerm> Terms, ImmutableArray<Batch<float>> Gradients) Compute(
        TrainingBatch batch, ImmutableArray<Batch<float>> values, CancellationToken cancellationToken)
    {
        float[] gradient = [.. Enumerable.Repeat(1f / batch.Input.Size, batch.Input.Size)];
        return ([new LossTerm("mean", 1)], [new Batch<float>(batch.Input.Size, new Shape(1), gradient)]);
    }
}
