using System.CommandLine;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Core.Data;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Cli.CommandLine;

/// <summary>The pictures of --data that may be looked at before a network is measured: not those that it is measured on, where there are others.</summary>
/// <param name="data">--data.</param>
/// <param name="plugins">Read the labels.</param>
/// <param name="terminal">Takes warnings.</param>
internal sealed class TrainingPictures(DataArguments data, PluginHost plugins, Terminal terminal)
{
    /// <summary>Reads their labels.</summary>
    /// <param name="result">What was parsed; it names a dataset.</param>
    /// <param name="user">Who looks at them, to begin a sentence with.</param>
    /// <param name="looks">What that does with them, as a verb with its preposition.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="InputException">The pictures are not there.</exception>
    public LoadedDataset Load(ParseResult result, string user, string looks, CancellationToken cancellationToken)
    {
        DatasetRequest request = data.RequestIn(result)!;
        try
        {
            LoadedDataset training = Load(request with { Split = DatasetSource.Training, IsSplitNamed = true }, cancellationToken);
            if (IsMeasuredOn(training, request, cancellationToken))
            {
                string why = request.IsSplitNamed ? $"--split says '{request.Split}'" : $"{request.Choice.Name} has no others";
                terminal.Note($"{user} {looks} pictures that are measured on too: {why}. What is measured may look better than it is.");
            }

            return training;
        }
        catch (InputException) when (request.Split != DatasetSource.Training)
        {
            terminal.Note($"{user} {looks} pictures of the split '{request.Split}': {request.Choice.Name} has none for training that can be used.");
            return Load(request, cancellationToken);
        }
    }

    private LoadedDataset Load(DatasetRequest wanted, CancellationToken cancellationToken) => LoadedDataset.Load(plugins, wanted, terminal.Warn, cancellationToken);

    /// <summary>Whether the only part of a dataset is the one for training, and so the one that is measured on.</summary>
    private bool IsMeasuredOn(LoadedDataset training, DatasetRequest request, CancellationToken cancellationToken) =>
        request.Split == DatasetSource.Training
        || (training.Dataset.Split is { } part && !request.IsSplitNamed && LoadedDataset.Open(plugins, request, static _ => { }, cancellationToken).Split == part);
}
