using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Contracts.Training;

namespace PluginPrune.Core.Training;

/// <summary>Looks at a few batches to see how strongly the loss pulls at each scale; nothing is learned from them.</summary>
/// <param name="loss">The loss.</param>
/// <param name="data">The pictures.</param>
public sealed class ScaleGradientMeter(IBatchLoss loss, TrainingLoader data)
{
    private const int Batches = 8;

    /// <summary>Looks.</summary>
    /// <param name="session">The network in training; it is left as it was.</param>
    /// <param name="batchNorms">The nodes whose scales are looked at.</param>
    /// <param name="cancellationToken">Ends the work early; the session can then only be restored or disposed of.</param>
    public ImmutableArray<ScaleGradients> Measure(ITrainingSession session, IReadOnlyList<string> batchNorms, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(batchNorms);
        TrainingState before = session.Snapshot();
        ImmutableArray<ScaleGradients> scales = ScaleGradients.Unmeasured(session.Read(TrainedWeights.Current), batchNorms);
        double[][] squares = [.. scales.Select(static layer => new double[layer.Gamma.Length])];
        int batches = 0;
        foreach (TrainingBatch batch in data.Read(new TrainingEpoch(0), cancellationToken).Take(Batches))
        {
            ImmutableArray<Batch<float>> values = session.Forward([batch.Input], loss.Values, cancellationToken);
            session.Backward(loss.Compute(batch, values, cancellationToken).Gradients, cancellationToken);
            for (int i = 0; i < squares.Length; i++)
            {
                AddSquares(session.ReadGradient(batchNorms[i], "gamma").Floats, squares[i]);
            }

            // A step that moves nothing: the next gradients begin at 0.
            session.Step(new StepSettings { LearningRate = 0 });
            batches++;
        }

        session.Restore(before);
        return [.. scales.Select((layer, i) => layer with { MeanSquare = [.. squares[i].Select(sum => sum / batches)] })];
    }

    // What is not finite says nothing; the training itself will stop there and name the pictures.
    private static void AddSquares(ReadOnlySpan<float> gradients, double[] sums)
    {
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += float.IsFinite(gradients[i]) ? (double)gradients[i] * gradients[i] : 0;
        }
    }
}
