using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;
using PluginPrune.Core.Training;

namespace PluginPrune.Core.Tests.Training.Loop;

/// <summary>A loss whose gradient is noise alone: 1 for one batch, -1 for the next, spread over the pictures.</summary>
internal sealed class BatchSigns : IBatchLoss
{
    public ImmutableArray<string> Values => ["n0"];

    public (ImmutableArray<LossTerm> Terms, ImmutableArray<Batch<float>> Gradients) Compute(
        TrainingBatch batch, ImmutableArray<Batch<float>> values, CancellationToken cancellationToken)
    {
        float sign = batch.Index % 2 == 0 ? 1f : -1f;
        float[] gradient = [.. Enumerable.Repeat(sign / batch.Input.Size, batch.Input.Size)];
        return ([new LossTerm("noise", 1)], [new Batch<float>(batch.Input.Size, new Shape(1), gradient)]);
    }
}
