using System.CommandLine;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Core.Data;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Cli.Train;

/// <summary>The pictures of a training.</summary>
/// <param name="Training">Those that are learned from.</param>
/// <param name="Validation">Those that it is measured on.</param>
internal sealed record TrainData(LoadedDataset Training, LoadedDataset Validation)
{
    /// <summary>Reads both parts.</summary>
    /// <exception cref="UsageException">No pictures are named.</exception>
    /// <exception cref="InputException">There is no such dataset, or no such part.</exception>
    public static TrainData Load(ParseResult result, TrainOptions options, DataArguments data, PluginHost plugins, Terminal terminal, CancellationToken cancellationToken)
    {
        DatasetRequest request = data.RequestIn(result)
            ?? throw new UsageException($"There is nothing to learn from. Name labelled pictures with {data.Data.Name} {data.Data.HelpName}.");
        LoadedDataset training = LoadedDataset.Load(plugins, request, terminal.Warn, cancellationToken);
        if (result.GetValue(options.ValidationSplit) is { } named)
        {
            return new TrainData(training, LoadedDataset.Load(plugins, request with { Split = named, IsSplitNamed = true }, terminal.Warn, cancellationToken));
        }

        try
        {
            return new TrainData(training, LoadedDataset.Load(plugins, request with { Split = DatasetSource.Validation, IsSplitNamed = true }, terminal.Warn, cancellationToken));
        }
        catch (InputException missing)
        {
            terminal.Warn($"{missing.Message} It is measured on the pictures that it learns from, which says little about others.");
            return new TrainData(training, training);
        }
    }
}
