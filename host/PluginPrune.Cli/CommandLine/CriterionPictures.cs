using System.Collections.Immutable;
using System.CommandLine;
using PluginPrune.Cli.Prune;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;
using PluginPrune.Core.Data;
using PluginPrune.Core.Evaluation;
using PluginPrune.Core.Measuring;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Cli.CommandLine;

/// <summary>What criteria measure channels with, made when one asks: the training pictures of --data, and an engine that trains.</summary>
/// <param name="model">--model: a sample brings pictures of its own.</param>
/// <param name="data">--data.</param>
/// <param name="engine">--engine.</param>
/// <param name="plugins">The plugins.</param>
/// <param name="terminal">Takes warnings.</param>
internal sealed class CriterionPictures(ModelArguments model, DataArguments data, EngineArguments engine, PluginHost plugins, Terminal terminal)
{
    private const int BatchSize = 8;

    /// <summary>Gives the names of a network's classes.</summary>
    /// <value>The default gives those that the network has.</value>
    public Func<Network, ImmutableArray<string>> NamesOf { get; init; } = static network => network.ClassNames;

    /// <summary>Whether to show how far the measuring is; not for work that shows progress of its own.</summary>
    /// <value>The default is true.</value>
    public bool ShowsProgress { get; init; } = true;

    /// <summary>Whether a criterion has asked.</summary>
    public bool IsUsed { get; private set; }

    /// <summary>Makes what measures.</summary>
    /// <param name="result">What was parsed.</param>
    /// <param name="criterion">The name of who asks.</param>
    /// <param name="cancellationToken">Ends the reading of labels early.</param>
    /// <exception cref="MeasurementException">No pictures are named, or no engine trains.</exception>
    public ChannelMeter Make(ParseResult result, string criterion, CancellationToken cancellationToken)
    {
        LoadedDataset pictures = Load(result, criterion, "labelled pictures", cancellationToken);
        ITrainingEngine training = engine.CreateTraining(result, terminal.Note)
            ?? throw new MeasurementException($"The criterion '{criterion}' needs an engine that trains, and there is none here. Install the plugin engine-torch.");
        int threads = result.GetValue(engine.Threads);
        return new ChannelMeter(
            training,
            new LabelledPictures(pictures.Dataset, pictures.BadPictures) { NamesOf = NamesOf, Threads = threads > 0 ? threads : Environment.ProcessorCount },
            plugins.FindHead)
        {
            Track = ShowsProgress
                ? work => new ProgressLine(terminal).Track($"Looking at the loss of {pictures.Dataset.Name}", (_, share) => work(share))
                : static work => work(static _ => { }),
        };
    }

    /// <summary>Makes what measures what layers read, without labels.</summary>
    /// <param name="result">What was parsed.</param>
    /// <param name="criterion">The name of who asks.</param>
    /// <param name="cancellationToken">Ends the reading of pictures early.</param>
    /// <exception cref="MeasurementException">No pictures are named.</exception>
    public InputMeter MakeInputMeter(ParseResult result, string criterion, CancellationToken cancellationToken)
    {
        LoadedDataset pictures = Load(result, criterion, "pictures", cancellationToken);
        var services = new EvaluationServices(plugins.FindHead, pictures.BadPictures);
        int threads = result.GetValue(engine.Threads);
        bool isTold = false;
        return new InputMeter(
            engine.Create(result, "name another with --engine", terminal.Note),
            pictures.Dataset,
            (network, drawn, token) => services.ReadBatches(new EvaluationContext([], services) { Dataset = drawn }, network, BatchSize, token))
        {
            Parallel = new ParallelOptions { MaxDegreeOfParallelism = threads > 0 ? Math.Min(threads, Environment.ProcessorCount) : -1 },

            // Once, however often it measures.
            Lacked = (wanted, there) =>
            {
                if (!isTold)
                {
                    isTold = true;
                    terminal.Note($"The criterion '{criterion}' was to look at {wanted} pictures; {pictures.Dataset.Name} has {there}, and all are taken.");
                }
            },
            Track = ShowsProgress
                ? work => new ProgressLine(terminal).Track($"Looking at what layers read of {pictures.Dataset.Name}", (_, share) =>
                {
                    work(share);
                    return true;
                })
                : static work => work(static _ => { }),
        };
    }

    private LoadedDataset Load(ParseResult result, string criterion, string wanted, CancellationToken cancellationToken)
    {
        IsUsed = true;
        return data.IsGiven(result) ? new TrainingPictures(data, plugins, terminal).Load(result, $"The criterion {criterion}", "looks at", cancellationToken)
            : model.IsSample(result) ? new SamplePictures(plugins, terminal.Warn).LoadTraining(cancellationToken)
            : throw new MeasurementException($"The criterion '{criterion}' needs {wanted}: name them with {data.Data.Name} {data.Data.HelpName}.");
    }
}
