using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;
using PluginPrune.Core.Data;
using PluginPrune.Core.Evaluation;
using PluginPrune.Core.Files;
using PluginPrune.Core.Images;
using PluginPrune.Core.Training;

namespace PluginPrune.Cli.Train;

/// <summary>A training with all that it needs.</summary>
internal sealed class TrainRun
{
    public required Terminal Terminal { get; init; }

    public required TrainerSettings Settings { get; init; }

    public required Network Network { get; init; }

    public required ITrainingEngine Engine { get; init; }

    public required Func<string, IHead> FindHead { get; init; }

    /// <summary>What is made smaller.</summary>
    public required IBatchLoss Loss { get; init; }

    public required TrainingLoader Pictures { get; init; }

    public required LoadedDataset Validation { get; init; }

    public required IReadOnlyList<NamedEvaluator> Evaluators { get; init; }

    public required IModelFormat Format { get; init; }

    public required OutputFolder Folder { get; init; }

    /// <summary>The nodes that keep their tensors.</summary>
    public required ImmutableHashSet<string> Frozen { get; init; }

    /// <summary>The batch norms whose scales are logged.</summary>
    public required IReadOnlyList<string> Scales { get; init; }

    /// <summary>Looks how far a sparse training has got; null for others.</summary>
    public required SparsityWatch? Watch { get; init; }

    /// <summary>Whether it begins with random weights: then nothing is known yet of how the loss holds scales.</summary>
    public required bool IsUntrained { get; init; }

    /// <summary>Writes the report of a training as far as it has got.</summary>
    public required Action<Stream, Checkpoint> WriteReport { get; init; }

    /// <summary>Takes statistics of batch norms anew; null where the running ones are kept.</summary>
    public required PopulationStatistics? Statistics { get; init; }

    /// <summary>Every how many epochs it is measured.</summary>
    public required int EvaluatesEvery { get; init; }

    /// <summary>Every how many epochs the network and a checkpoint are kept, 0 for never.</summary>
    public required int KeepsEvery { get; init; }

    /// <summary>Trains.</summary>
    /// <param name="checkpoint">Where it goes on, or null for a new training.</param>
    /// <param name="named">What it was asked to do.</param>
    /// <param name="cancellationToken">Ends it after the last complete epoch.</param>
    /// <exception cref="KeptWorkException">It was interrupted after an epoch or more.</exception>
    public Checkpoint Execute(Checkpoint? checkpoint, ImmutableSortedDictionary<string, string> named, CancellationToken cancellationToken)
    {
        using ITrainingSession session = Engine.BeginTraining(Network, new TrainingSettings { Optimizer = Settings.Optimizer, Frozen = Frozen, Seed = Settings.Seed });
        TrainingLog? log = null;
        var written = new TrainingFolder(Folder, Format) { KeepsEvery = KeepsEvery, WriteReport = WriteReport };

        // What another training left in the folder is none of this one's work.
        bool IsKept() => checkpoint is not null || written.HasSaved;
        try
        {
            return new ProgressLine(Terminal).Track(
                "Training",
                (title, share) =>
                {
                    var display = new TrainDisplay(Terminal, Settings.Epochs, title, share);
                    var trainer = new Trainer(Settings, Loss, Pictures, Observer(written, () => log ??= NewLog(checkpoint?.Epoch ?? 0), display))
                    {
                        Watch = Watch,
                        Statistics = Statistics,
                        Forecast = checkpoint is null ? ForecastFor(session, title, cancellationToken) : null,
                    };
                    if (checkpoint is null)
                    {
                        written.Begin();
                    }

                    return trainer.Run(session, new PictureSize(Network.Inputs[0].Shape.Width, Network.Inputs[0].Shape.Height), checkpoint, named, cancellationToken);
                },
                isOneStage: true);
        }
        catch (OperationCanceledException) when (IsKept())
        {
            throw new KeptWorkException($"Interrupted. The last whole epoch is in {Folder.FullPath}: the same command goes on from there with --out {Folder.FullPath} --resume.", cancellationToken);
        }
        catch (TrainingException fault) when (fault.IsDivergence)
        {
            throw new TrainingException($"{fault.Message} {Remedy(IsKept())}");
        }
        finally
        {
            if (!IsKept())
            {
                log?.Discard();
            }

            log?.Dispose();
        }
    }

    private string Remedy(bool isKept)
    {
        string clip = Settings.ClipNorm > 0 ? "a smaller --clip" : "a --clip such as 10";
        string how = $"with a smaller --lr, a longer --warm-up or {clip}, and look at the labels of these pictures";
        string last = Path.Combine(Folder.FullPath, TrainingFolder.Checkpoint);
        return isKept
            ? string.Create(CultureInfo.InvariantCulture, $"{last}, of epoch {CheckpointFile.Read(last).Epoch}, is good: begin with the network beside it ({TrainingFolder.Last}), {how}.")
            : $"No epoch was complete: begin again {how}.";
    }

    private TrainingLog NewLog(int firstEpoch) => new(
        Path.Combine(Folder.FullPath, TrainingFiles.Logs), firstEpoch, Settings.Epochs, Scales, new ShownPictures(Pictures, Validation.Dataset, Engine, FindHead));

    private CollapseForecast? ForecastFor(ITrainingSession session, Action<string> title, CancellationToken cancellationToken)
    {
        if (Settings.Sparsity is not { } sparsity)
        {
            return null;
        }

        title("Looking at how the loss holds scales");
        CollapseForecast forecast = new CollapseForecaster(Settings, Trainer.StepsPerEpoch(Pictures.SampleCount, Settings)).Make(IsUntrained
            ? ScaleGradients.Unmeasured(Network, sparsity.BatchNorms)
            : new ScaleGradientMeter(Loss, Pictures, Settings).Measure(session, sparsity.BatchNorms, cancellationToken));
        Terminal.Note(forecast.Text);
        if (forecast.Warning is { } warning)
        {
            Terminal.Warn(warning);
        }

        return forecast;
    }

    private TrainObserver Observer(TrainingFolder folder, Func<TrainingLog> log, TrainDisplay display)
    {
        var services = new EvaluationServices(FindHead, Validation.BadPictures);
        return new TrainObserver
        {
            Display = display,
            Folder = folder,
            Log = log,
            Engine = Engine,
            Evaluation = new EvaluationRun(Evaluators),
            ContextOf = subjects => new(subjects, services) { Dataset = Validation.Dataset, Seed = Settings.Seed, Warn = Terminal.Warn },
            IsMeasured = epoch => (epoch + 1) % EvaluatesEvery == 0 || epoch + 1 == Settings.Epochs,
        };
    }
}
