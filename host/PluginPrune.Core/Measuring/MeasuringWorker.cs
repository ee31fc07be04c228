using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Training;
using PluginPrune.Core.Crews;
using PluginPrune.Core.Training;

namespace PluginPrune.Core.Measuring;

/// <summary>Takes derivatives of the loss, batch after batch, with a session of its own, in which nothing is learned.</summary>
/// <param name="session">Runs the network there and back.</param>
/// <param name="heads">The loss.</param>
/// <param name="sums">What is measured.</param>
internal sealed class MeasuringWorker(ITrainingSession session, TrainingHeads heads, TaylorSum[] sums) : ICrewWorker<TrainingBatch, double[][]>, IDisposable
{
    // More than any scale of gradients needs to come down to where half precision holds them.
    private const int MostOverflows = 24;

    /// <summary>Looks at a batch.</summary>
    /// <param name="work">The batch.</param>
    /// <param name="cancellationToken">Ends the work early; the worker is then of no more use.</param>
    /// <returns>For each sum the derivatives of its channels.</returns>
    /// <exception cref="TrainingException">Something is not a finite number.</exception>
    public double[][] Do(TrainingBatch work, CancellationToken cancellationToken)
    {
        for (int overflows = 0; ; overflows++)
        {
            ImmutableArray<Batch<float>> values = session.Forward([work.Input], heads.Values, cancellationToken);
            (ImmutableArray<LossTerm> terms, ImmutableArray<Batch<float>> gradients) = heads.Compute(work, values, cancellationToken);
            if (terms.FirstOrDefault(static term => !double.IsFinite(term.Value)) is { Name: { } name } term)
            {
                throw new TrainingException(string.Create(CultureInfo.InvariantCulture, $"The {name} loss is {term.Value} on the pictures {Few(work)}."));
            }

            session.Backward(gradients, cancellationToken);
            double[]?[] derivatives = Array.ConvertAll(sums, sum => sum.Read(session));

            // A step that moves nothing: the next gradients begin at 0.
            StepResult step = session.Step(new StepSettings { LearningRate = 0, Momentum = 0 });
            int odd = Array.IndexOf(derivatives, null);
            if (odd < 0)
            {
                return derivatives!;
            }

            if (!step.IsOverflow || overflows == MostOverflows)
            {
                throw new TrainingException(
                    $"What the loss makes of layer {sums[odd].Node.Origin.Layer} ({sums[odd].Node.Id}) is not a finite number on the pictures {Few(work)}.");
            }
        }
    }

    public void Dispose() => session.Dispose();

    private static string Few(TrainingBatch batch) => string.Join(", ", batch.AllFiles.Take(4)) + (batch.AllFiles.Skip(4).Any() ? " and others" : string.Empty);
}
