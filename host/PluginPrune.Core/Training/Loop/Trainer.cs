using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Training;

/// <summary>
/// The training loop: batches, losses, steps, and after each epoch a measurement and a checkpoint. The same settings, pictures and
/// number of threads give the same bits, with or without interruptions between epochs.
/// </summary>
/// <param name="settings">How to train.</param>
/// <param name="loss">What is made smaller.</param>
/// <param name="data">The pictures, in batches of the settings' size.</param>
/// <param name="observer">Is told how it goes, measures, and writes.</param>
public sealed class Trainer(TrainerSettings settings, IBatchLoss loss, TrainingLoader data, ITrainingObserver observer)
{
    // As YOLOv5: at first the average follows quickly.
    private const double AverageRamp = 2000;

    /// <summary>Looks how far a sparse training has got; null for others.</summary>
    public SparsityWatch? Watch { get; init; }

    /// <summary>What was forecast of a training that begins here.</summary>
    public CollapseForecast? Forecast { get; init; }

    /// <summary>Takes statistics of batch norms anew before the network is measured and written; null where the running ones are kept.</summary>
    public PopulationStatistics? Statistics { get; init; }

    /// <summary>Trains.</summary>
    /// <param name="session">The network in training, as it was prepared.</param>
    /// <param name="size">Width and height of the network's input.</param>
    /// <param name="from">The checkpoint to go on from, or null for a new training.</param>
    /// <param name="named">What the training was asked to do, for its checkpoints.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The last checkpoint.</returns>
    /// <exception cref="TrainingException">The loss is not a finite number, or a gradient is none that the session cannot scale down.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Checkpoint Run(
        ITrainingSession session, PictureSize size, Checkpoint? from, ImmutableSortedDictionary<string, string> named, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        int stepsPerEpoch = StepsPerEpoch(data.SampleCount, settings);
        long steps = (long)stepsPerEpoch * settings.Epochs;
        var schedule = new RateSchedule(settings.Rates, steps, stepsPerEpoch, BatchesOfAStep(settings));
        var layout = new StepLayout(settings, data.SampleCount, schedule.WarmUpSteps);
        SparsityPull? pull = settings.Sparsity is { } sparsity ? new SparsityPull(sparsity, session, steps, stepsPerEpoch) : null;
        var scales = new ScaleSchedule(settings, size, settings.IsMultiScale ? ScaleSchedule.StrideOf(session.Read(TrainedWeights.Current)) : size);
        Checkpoint checkpoint = from ?? new Checkpoint(session.Snapshot(), 0, named) { Forecast = Forecast };
        if (from is not null)
        {
            session.Restore(from.State);
        }

        for (int epoch = checkpoint.Epoch; !IsComplete(settings, checkpoint); epoch++)
        {
            long first = (long)epoch * stepsPerEpoch;
            var samples = new TrainingEpoch(epoch) { SizeOf = index => scales.SizeOf(first + (index / BatchesOfAStep(settings))) };
            var work = new EpochWork(samples, layout.Of(epoch), layout.Before(epoch), schedule, pull);
            TimeSpan spent = RunEpoch(session, work, out EpochMeans means, cancellationToken);
            checkpoint = Finish(session, checkpoint, epoch, means, schedule.At(first + stepsPerEpoch - 1), spent, cancellationToken);
        }

        return checkpoint;
    }

    /// <summary>How often the parameters move in an epoch, after the warm-up where steps grow in that.</summary>
    public static int StepsPerEpoch(int pictures, TrainerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Quotient(Batches(pictures, settings), BatchesOfAStep(settings));
    }

    /// <summary>How many batches an epoch has; the last one may have fewer pictures.</summary>
    internal static int Batches(int pictures, TrainerSettings settings) => Quotient(pictures, settings.BatchSize);

    /// <summary>How many batches' gradients are added up for a step.</summary>
    public static int BatchesOfAStep(TrainerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Math.Max(1, (int)Math.Round((double)settings.NominalBatch / settings.BatchSize));
    }

    /// <summary>Whether a training has had all its epochs, or has ended since nothing got better.</summary>
    /// <param name="settings">How it is trained.</param>
    /// <param name="checkpoint">How far it is.</param>
    public static bool IsComplete(TrainerSettings settings, Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(checkpoint);
        return checkpoint.Epoch >= settings.Epochs || IsExhausted(settings, checkpoint);
    }

    /// <summary>How many pictures a step of an epoch has: the last one may have fewer; its gradient is a mean over those that it has.</summary>
    internal static int PicturesOfStep(int step, int pictures, TrainerSettings settings)
    {
        long most = (long)BatchesOfAStep(settings) * settings.BatchSize;
        return (int)(Math.Min(pictures, (step + 1) * most) - (step * most));
    }

    /// <summary>Makes the gradients of a batch's mean those of its part in a step's mean.</summary>
    internal static void Weigh(ImmutableArray<Batch<float>> gradients, int pictures, int ofStep)
    {
        float factor = (float)((double)pictures / ofStep);
        foreach (Batch<float> gradient in gradients)
        {
            foreach (ref float number in gradient.Elements.AsSpan())
            {
                number *= factor;
            }
        }
    }

    // Rounded up; a batch may be of as many pictures as there are numbers.
    private static int Quotient(int count, int size) => (int)(((long)count + size - 1) / size);

    private static bool IsExhausted(TrainerSettings settings, Checkpoint checkpoint) =>
        settings.Patience > 0 && checkpoint.BestEpoch >= 0 && checkpoint.Epoch - 1 - checkpoint.BestEpoch >= settings.Patience;

    private TimeSpan RunEpoch(ITrainingSession session, EpochWork work, out EpochMeans means, CancellationToken cancellationToken)
    {
        long start = TimeProvider.System.GetTimestamp();
        int epoch = work.Samples.Number;
        means = new EpochMeans();
        int done = 0;
        foreach (TrainingBatch batch in data.Read(work.Samples, cancellationToken))
        {
            OptimizerStep next = work.Steps[done];
            Learn(session, batch, next.Pictures, epoch, means, cancellationToken);
            if (batch.Index + 1 == next.End)
            {
                long step = work.FirstStep + done++;
                StepRate rate = work.Schedule.At(next.Time);
                work.Pull?.Before(step, rate);
                means.Add(Move(session, rate, step, batch, epoch));
            }

            observer.BatchDone(new TrainingProgress(epoch, means.Pictures, data.SampleCount, means.Losses, means.Pictures / TimeProvider.System.GetElapsedTime(start).TotalSeconds));
        }

        return TimeProvider.System.GetElapsedTime(start);
    }

    private void Learn(ITrainingSession session, TrainingBatch batch, int ofStep, int epoch, EpochMeans means, CancellationToken cancellationToken)
    {
        ImmutableArray<Batch<float>> values = session.Forward([batch.Input], loss.Values, cancellationToken);
        (ImmutableArray<LossTerm> terms, ImmutableArray<Batch<float>> gradients) = loss.Compute(batch, values, cancellationToken);
        if (terms.FirstOrDefault(static term => !double.IsFinite(term.Value)) is { Name: { } name } term)
        {
            throw new TrainingException(string.Create(CultureInfo.InvariantCulture, $"The {name} loss is {term.Value} in epoch {epoch + 1}, on the pictures {Few([.. batch.AllFiles])}."))
            {
                IsDivergence = true,
            };
        }

        Weigh(gradients, batch.Input.Size, ofStep);
        session.Backward(gradients, cancellationToken);
        means.Add(terms, batch.Input.Size);
    }

    private StepResult Move(ITrainingSession session, StepRate rate, long step, TrainingBatch batch, int epoch)
    {
        StepResult result = session.Step(new StepSettings
        {
            LearningRate = rate.LearningRate,
            BiasLearningRate = rate.BiasRate,
            Momentum = rate.Momentum,
            WeightDecay = settings.WeightDecay,
            ClipNorm = settings.ClipNorm,
            AverageDecay = settings.AverageDecay > 0 ? settings.AverageDecay * (1 - Math.Exp(-(step + 1) / AverageRamp)) : null,
        });
        return result.IsFinite || result.IsOverflow
            ? result
            : throw new TrainingException($"A gradient is not a finite number in epoch {epoch + 1}, on the pictures {Few([.. batch.AllFiles])}{(BatchesOfAStep(settings) > 1 ? " or those before them in the same step" : string.Empty)}.")
            {
                IsDivergence = true,
            };
    }

    private Checkpoint Finish(
        ITrainingSession session, Checkpoint before, int epoch, EpochMeans means, StepRate rate, TimeSpan spent, CancellationToken cancellationToken)
    {
        TrainingState state = session.Snapshot();
        Network current = session.Read(TrainedWeights.Current);

        // Where all steps so far were too large for half precision, there is no average yet.
        Network network = settings.AverageDecay > 0 && state.Steps > 0
            ? AveragedNetwork.WithZeros(session.Read(TrainedWeights.Averaged), current, settings.Sparsity?.BatchNorms ?? [])
            : current;
        network = Statistics?.Fit(network, loss.Values, epoch, cancellationToken) ?? network;
        IReadOnlyList<NamedValue> metrics = observer.Measure(epoch, network, cancellationToken);
        SparsityState? sparsity = Watch?.Look(network, cancellationToken);
        var result = new EpochResult(epoch, [.. ValuesOf(means, rate, spent), .. metrics, .. sparsity?.Values ?? []]) { Sparsity = sparsity };
        bool isBest = metrics is [var deciding, ..] && double.IsFinite(deciding.Value)
            && (before.BestEpoch < 0 || deciding.Value > before.Results[before.BestEpoch][deciding.Name]);
        Checkpoint checkpoint = before with
        {
            State = state,
            Epoch = epoch + 1,
            Results = before.Results.Add(result),
            BestEpoch = isBest ? epoch : before.BestEpoch,
        };
        bool isLast = IsComplete(settings, checkpoint);
        observer.EpochDone(new EpochOutcome(checkpoint, network, current, isBest, isLast), cancellationToken);
        return checkpoint;
    }

    private static IEnumerable<NamedValue> ValuesOf(EpochMeans means, StepRate rate, TimeSpan spent)
    {
        yield return new NamedValue("loss", means.Losses.Sum(static term => term.Value));
        foreach (LossTerm term in means.Losses)
        {
            yield return new NamedValue($"loss {term.Name}", term.Value);
        }

        yield return new NamedValue("learning rate", rate.LearningRate);
        yield return new NamedValue("gradient norm", means.GradientNorm);
        if (means.Overflows > 0)
        {
            yield return new NamedValue("steps skipped", means.Overflows);
        }

        yield return new NamedValue("pictures per second", means.Pictures / spent.TotalSeconds);
    }

    private static string Few(IReadOnlyList<string> names)
    {
        const int Shown = 8;
        string list = string.Join(", ", names.Take(Shown));
        return names.Count <= Shown ? list : $"{list} and {names.Count - Shown} more";
    }

    /// <summary>What an epoch has before it.</summary>
    private sealed record EpochWork(TrainingEpoch Samples, ImmutableArray<OptimizerStep> Steps, long FirstStep, RateSchedule Schedule, SparsityPull? Pull);
}
