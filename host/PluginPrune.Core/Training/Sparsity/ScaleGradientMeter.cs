using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;

namespace PluginPrune.Core.Training;

/// <summary>
/// Looks at a few steps' worth of batches to see how strongly the loss pulls at each scale; nothing is learned from them. Gradients
/// are added up as they are in training: how much noise is in them, which is what holds scales, depends on that.
/// </summary>
/// <param name="loss">The loss.</param>
/// <param name="data">The pictures.</param>
/// <param name="settings">How it will be trained.</param>
public sealed class ScaleGradientMeter(IBatchLoss loss, TrainingLoader data, TrainerSettings settings)
{
    // Few steps where each takes many batches, so that one does not wait for long.
    private const int MostSteps = 8;
    private const int LeastSteps = 4;
    private const int MostBatches = 32;

    // More than any scale of gradients needs to come down to where half precision holds them.
    private const int MostOverflows = 24;

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
        int wanted = Math.Clamp(MostBatches / Trainer.BatchesOfAStep(settings), LeastSteps, MostSteps);
        int steps = 0;
        foreach (int _ in Steps(session, cancellationToken).Take(wanted + MostOverflows))
        {
            Tensor[] gradients = [.. batchNorms.Select(id => session.ReadGradient(id, "gamma"))];

            // A step that moves nothing: the next gradients begin at 0. Those that half precision did not hold are none.
            if (session.Step(new StepSettings { LearningRate = 0 }).IsOverflow)
            {
                continue;
            }

            for (int i = 0; i < squares.Length; i++)
            {
                AddSquares(gradients[i].Floats, squares[i]);
            }

            if (++steps == wanted)
            {
                break;
            }
        }

        session.Restore(before);
        return [.. scales.Select((layer, i) => layer with { MeanSquare = [.. squares[i].Select(sum => sum / Math.Max(1, steps))] })];
    }

    // Adds up the gradients of step after step, epoch after epoch, and counts the steps.
    private IEnumerable<int> Steps(ITrainingSession session, CancellationToken cancellationToken)
    {
        int together = Trainer.BatchesOfAStep(settings);
        int steps = 0;
        for (int epoch = 0; ; epoch++)
        {
            int batches = 0;
            int pictures = 0;
            foreach (TrainingBatch batch in data.Read(new TrainingEpoch(epoch), cancellationToken))
            {
                ImmutableArray<Batch<float>> values = session.Forward([batch.Input], loss.Values, cancellationToken);
                ImmutableArray<Batch<float>> gradients = loss.Compute(batch, values, cancellationToken).Gradients;
                Trainer.Weigh(gradients, batch.Input.Size, Trainer.PicturesOfStep(batches / together, data.SampleCount, settings));
                session.Backward(gradients, cancellationToken);
                batches++;
                pictures += batch.Input.Size;
                if (batches % together == 0 || pictures == data.SampleCount)
                {
                    yield return ++steps;
                }
            }
        }
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
