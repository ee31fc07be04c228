using System.CommandLine;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Data;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Cli.CommandLine;

/// <summary>--data and what belongs to it: the labelled pictures that a command works on.</summary>
/// <param name="plugins">The plugins.</param>
/// <param name="standardSplit">The part that is meant where none is named.</param>
internal sealed class DataArguments(PluginHost plugins, string standardSplit = DatasetSource.Validation)
{
    private readonly DatasetLocator _locator = new(plugins.Catalog);

    public Option<string?> Data { get; } = new("--data")
    {
        Description = "Labelled pictures: a file or folder, or the name of a dataset that is made, such as synthetic",
        HelpName = "PATH|NAME",
    };

    public Option<string?> DataFormat { get; } = new("--data-format")
    {
        Description = "How the labels are written [default: what the file's extension or the folder's contents tell]",
        HelpName = "NAME",
    };

    public Option<string> Split { get; } = new("--split")
    {
        Description = $"Which part of the pictures: train, val, test, all, or what the dataset calls it [default: {standardSplit}, or the only one]",
        HelpName = "NAME",
        DefaultValueFactory = _ => standardSplit,
    };

    public Option<bool> SkipBad { get; } = new("--skip-bad") { Description = "Pass over pictures that cannot be used, in place of stopping at the first" };

    public IEnumerable<Option> All => [Data, DataFormat, Split, SkipBad];

    /// <summary>Reads the labels; null where no dataset is named, and before <see cref="FindFormat"/>.</summary>
    public ContributionOptions? Format { get; private set; }

    /// <summary>Finds who reads the dataset that a command line names; the format brings its options.</summary>
    /// <exception cref="InputException">There is no such file, folder or dataset, or no format or several fit.</exception>
    /// <exception cref="PluginException">The format that is named is not there.</exception>
    public void FindFormat(string[] args, ContributionSet contributions)
    {
        string? named = ArgumentScan.ValueOf(args, DataFormat.Name);
        string? format = ArgumentScan.ValueOf(args, Data.Name) is { } data ? _locator.Find(data, named).GetOrThrow().Format.FullName : named;
        Format = format is null ? null : contributions.Named(ContributionKind.Dataset, format);
    }

    /// <summary>Refuses what says how a dataset is read where none is named: it would be passed over.</summary>
    /// <exception cref="UsageException">No pictures are named, and their split or the format of their labels is.</exception>
    public void RefuseWithoutData(ParseResult result)
    {
        string? lonely = IsGiven(result) ? null
            : result.GetValue(DataFormat) is not null ? $"{DataFormat.Name} says how labels are written"
            : result.GetResult(Split) is { Implicit: false } ? $"{Split.Name} says which part of the pictures is meant"
            : null;
        if (lonely is not null)
        {
            throw new UsageException($"{lonely}, and no pictures are named. Name them with {Data.Name} {Data.HelpName}.");
        }
    }

    /// <summary>Whether the command line names a dataset.</summary>
    public bool IsGiven(ParseResult result) => result.GetValue(Data) is not null;

    /// <summary>What the command line asks for; null where it names no dataset.</summary>
    /// <exception cref="UsageException">It says how a dataset is read, and names none.</exception>
    public DatasetRequest? RequestIn(ParseResult result)
    {
        RefuseWithoutData(result);
        if (result.GetValue(Data) is not { } data)
        {
            return null;
        }

        return new DatasetRequest(_locator.Find(data, result.GetValue(DataFormat)).GetOrThrow())
        {
            Split = result.GetValue(Split)!,
            IsSplitNamed = result.GetResult(Split) is { Implicit: false },
            Options = Format?.ValuesIn(result) ?? [],
            SkipBad = result.GetValue(SkipBad),
        };
    }

    /// <summary>Reads the dataset that is named; null where none is.</summary>
    public LoadedDataset? Load(ParseResult result, Terminal terminal, CancellationToken cancellationToken) =>
        RequestIn(result) is { } request ? LoadedDataset.Load(plugins, request, terminal.Warn, cancellationToken) : null;
}
