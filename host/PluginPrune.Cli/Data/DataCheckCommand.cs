using System.CommandLine;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Data;
using PluginPrune.Core.Data.Checking;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Cli.Data;

/// <summary>`host data check`: all that is wrong with a dataset, and what it consists of.</summary>
internal sealed class DataCheckCommand : Command, IDescribedCommand
{
    public const string CommandName = "check";

    public const string Summary = "Lists all that is wrong with a dataset, its classes, sizes and boxes";

    private readonly PluginHost _plugins;
    private readonly CommonOptions _common;
    private readonly Terminal _terminal;
    private readonly ContributionSet _contributions;
    private readonly DataArguments _data;
    private readonly Option<bool> _quick = new("--quick") { Description = "Read the headers of the pictures alone and decode nothing" };
    private readonly Option<bool> _verbose = new("--verbose", "-v") { Description = "List every fault, not only the first of each kind" };
    private readonly Option<int> _threads = OptionKinds.Integer("--threads", "How many pictures are looked at at once, 0 for one per processor", 0, 0);

    public DataCheckCommand(string[] args, PluginHost plugins, CommonOptions common, Terminal terminal, CancellationToken cancellationToken)
        : base(CommandName, Summary)
    {
        _plugins = plugins;
        _common = common;
        _terminal = terminal;
        _contributions = new ContributionSet(plugins, this);
        _data = new DataArguments(plugins);

        // Faults are what is looked for: none is passed over.
        foreach (Option option in new Option[] { _data.Data, _data.DataFormat, _data.Split, _quick, _verbose, _threads, _contributions.Set })
        {
            Add(option);
        }

        _data.FindFormat(args, _contributions);
        SetAction(result => Run(result, cancellationToken));
    }

    public IEnumerable<(string Title, IEnumerable<Option> Options)> OptionGroups => _contributions.OptionGroups;

    public IEnumerable<(string Title, IEnumerable<(string Name, string Text)> Lines)> Lists => [("Dataset formats", _contributions.Known(ContributionKind.Dataset))];

    public string Example => "host data check --data coco128.yaml --split train";

    private int Run(ParseResult result, CancellationToken cancellationToken)
    {
        _contributions.Apply(result);
        DatasetRequest request = _data.RequestIn(result) ?? throw new UsageException($"Say which pictures: {_data.Data.Name} {_data.Data.HelpName}.");
        Dataset dataset = LoadedDataset.Open(_plugins, request, _terminal.Warn, cancellationToken);
        bool isQuick = result.GetValue(_quick);
        _terminal.Progress($"Reading {dataset.Items.Length} pictures ...");
        DatasetReport report = new DatasetChecker(_terminal.Warn) { IsQuick = isQuick, Threads = result.GetValue(_threads) }.Check(dataset, cancellationToken);
        if (result.GetValue(_common.Json))
        {
            DatasetReportJson.Write(report, request.Choice.Format.Name, dataset.Split ?? request.Split, _terminal.ResultStream);
        }
        else
        {
            new DatasetReportText(_terminal.Results).Write(report, request.Choice.Format.Name, dataset.Split ?? request.Split, result.GetValue(_verbose));
        }

        return report.Errors > 0 ? ExitCodes.BadInput : ExitCodes.Done;
    }
}
