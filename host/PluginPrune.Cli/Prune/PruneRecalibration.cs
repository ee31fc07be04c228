using System.CommandLine;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Data;
using PluginPrune.Core.Detecting;
using PluginPrune.Core.Evaluation;
using PluginPrune.Core.Plugins;
using PluginPrune.Core.Recalibration;

namespace PluginPrune.Cli.Prune;

/// <summary>--recalibrate and --reconstruct: on which pictures, and with what.</summary>
/// <param name="options">The options themselves.</param>
/// <param name="model">--model: a sample brings pictures of its own.</param>
/// <param name="engine">--engine.</param>
/// <param name="seed">--seed.</param>
/// <param name="data">--data.</param>
/// <param name="plugins">Read the labelled pictures.</param>
/// <param name="terminal">Takes warnings, and shows progress.</param>
internal sealed class PruneRecalibration(
    RecalibrationArguments options, ModelArguments model, EngineArguments engine, Option<int> seed, DataArguments data, PluginHost plugins, Terminal terminal)
{
    private const int MostPictures = 8;

    // Values of large pictures fill the memory.
    private const int MostPixels = MostPictures * 320 * 320;

    /// <summary>Reads which pictures there are; null where the command line does not ask for it.</summary>
    /// <exception cref="UsageException">There are no pictures.</exception>
    /// <exception cref="InputException">The pictures are not there.</exception>
    public PlanRecalibration? Of(ParseResult result, CancellationToken cancellationToken)
    {
        string? images = result.GetValue(options.Images);
        if (options.GivenIn(result) is not { } option)
        {
            return images is null ? null : throw new UsageException(
                $"{options.Images.Name} names pictures for {options.Recalibrate.Name} or {options.Reconstruct.Name}, and neither is given. Say on how many, for instance {options.Recalibrate.Name} 64.");
        }

        if (images is null && !data.IsGiven(result) && !model.IsSample(result))
        {
            throw new UsageException($"{option.Name} needs pictures: a folder of them with {options.Images.Name}, or a set with {data.Data.Name}.");
        }

        int count = result.GetValue(option);
        LoadedDataset? training = images is not null ? null
            : data.IsGiven(result) ? new TrainingPictures(data, plugins, terminal).Load(result, option.Name, "fits to", cancellationToken)
            : new SamplePictures(plugins, terminal.Warn).LoadTraining(cancellationToken);
        Dataset pictures = training?.Dataset ?? PictureGathering.Gather([images!]);
        BadPictures bad = training?.BadPictures ?? new BadPictures(result.GetValue(data.SkipBad), terminal.Warn);
        Dataset drawn = pictures with { Items = PictureDraw.Of(pictures.Items, count, result.GetValue(seed)) };
        if (drawn.Items.Length < count)
        {
            terminal.Warn($"{option.Name} {count} was asked for; {drawn.Name} has {drawn.Items.Length} {(drawn.Items.Length == 1 ? "picture" : "pictures")}, and all are taken.");
        }

        IEngine chosen = engine.Create(result, "name another with --engine", terminal.Note);
        var services = new EvaluationServices(plugins.FindHead, bad);
        return new PlanRecalibration(chosen, drawn, (network, token) => services.ReadBatches(new EvaluationContext([], services) { Dataset = drawn }, network, BatchSizeOf(network), token))
        {
            FitsWeights = option == options.Reconstruct,
            Seed = result.GetValue(seed),
            Parallel = new ParallelOptions { MaxDegreeOfParallelism = result.GetValue(engine.Threads) is > 0 and var threads ? Math.Min(threads, Environment.ProcessorCount) : -1 },
        };
    }

    private static int BatchSizeOf(Network network) => Math.Clamp(MostPixels / network.Inputs[0].Shape.ElementsPerChannel, 1, MostPictures);
}
