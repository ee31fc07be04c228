using System.CommandLine;
using System.Globalization;
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
    private const string SaysLittle = "It is measured on the pictures that it learns from, which says little about others.";

    /// <summary>Reads both parts.</summary>
    /// <exception cref="UsageException">No pictures are named.</exception>
    /// <exception cref="InputException">There is no such dataset, no such part, or labels are at fault.</exception>
    public static TrainData Load(ParseResult result, TrainOptions options, DataArguments data, PluginHost plugins, Terminal terminal, CancellationToken cancellationToken)
    {
        DatasetRequest request = data.RequestIn(result)
            ?? throw new UsageException($"There is nothing to learn from. Name labelled pictures with {data.Data.Name} {data.Data.HelpName}.");
        LoadedDataset training = LoadedDataset.Load(plugins, request, terminal.Warn, cancellationToken);
        string? named = result.GetValue(options.ValidationSplit);
        string remedy = $"Name others with {options.ValidationSplit.Name} NAME.";

        // Of pictures that are the same, the first reading has said all.
        var held = new HeldWarnings(terminal.Warn);
        try
        {
            LoadedDataset validation = LoadedDataset.Load(
                plugins, request with { Split = named ?? DatasetSource.Validation, IsSplitNamed = true }, held.Warn, cancellationToken);
            var learned = training.Dataset.Items.Select(static item => item.Name).ToHashSet(StringComparer.Ordinal);
            int both = validation.Dataset.Items.Count(item => learned.Contains(item.Name));
            if (both == validation.Dataset.Items.Length && both == learned.Count)
            {
                terminal.Warn($"{SaysLittle} {remedy}");
                return new TrainData(training, training);
            }

            held.Release();
            if (both > 0)
            {
                terminal.Warn(string.Create(CultureInfo.InvariantCulture, $"{both} of the {validation.Dataset.Items.Length} pictures that it is measured on are learned from too: what is measured will be better than what it is worth."));
            }

            return new TrainData(training, validation);
        }
        catch (InputException missing) when (missing.IsPartMissing)
        {
            string told = missing.Message.Replace("Say --split NAME.", remedy, StringComparison.Ordinal);
            if (named is not null)
            {
                throw new UsageException(told);
            }

            terminal.Warn($"{told} {SaysLittle}");
            return new TrainData(training, training);
        }
    }
}
