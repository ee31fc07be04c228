using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Evaluation;
using PluginPrune.Core.Training;

namespace PluginPrune.Cli.Train;

/// <summary>Measures, writes and shows what a training comes to.</summary>
internal sealed class TrainObserver : ITrainingObserver
{
    public required TrainDisplay Display { get; init; }

    public required TrainingFolder Folder { get; init; }

    /// <summary>Begun with the first epoch that is complete: an interrupted run leaves nothing else behind.</summary>
    public required Func<TrainingLog> Log { get; init; }

    public required EvaluationRun Evaluation { get; init; }

    /// <summary>Runs the network where it is measured.</summary>
    public required IEngine Engine { get; init; }

    /// <summary>Makes the surroundings of a measurement.</summary>
    public required Func<ImmutableArray<EvaluationSubject>, EvaluationContext> ContextOf { get; init; }

    /// <summary>Whether an epoch is measured.</summary>
    public required Func<int, bool> IsMeasured { get; init; }

    public void BatchDone(TrainingProgress progress) => Display.Show(progress);

    public IReadOnlyList<NamedValue> Measure(int epoch, Network network, CancellationToken cancellationToken)
    {
        if (!IsMeasured(epoch))
        {
            return [];
        }

        Display.Measuring(epoch);
        EvaluationReport report = Evaluation.Execute(ContextOf([new EvaluationSubject(network.Name, network, Engine)]), cancellationToken);
        return [.. report.Sections.SelectMany(static section => section.Results[0].Metrics).Select(static metric => new NamedValue(metric.Name, metric.Value))];
    }

    public void EpochDone(EpochOutcome outcome, CancellationToken cancellationToken)
    {
        // The log first: what is killed between the two does the epoch again, and what the log has of it is written over.
        Log().Write(outcome, cancellationToken);
        Folder.Save(outcome, cancellationToken);
        Display.Show(outcome);
    }
}
