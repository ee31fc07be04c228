using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Cli.Plan;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Evaluation;
using PluginPrune.Core.Plugins;
using PluginPrune.Core.Pruning;

namespace PluginPrune.Cli.Prune;

/// <summary>`host prune`: the main job.</summary>
internal sealed class PruneCommand : Command, IDescribedCommand, IContributionCommand
{
    public const string CommandName = "prune";

    public const string Summary = "Makes a network smaller: channels by a criterion, blocks by another";

    private readonly PruneOptions _options = new();
    private readonly PruneContributions _contributions;
    private readonly PluginHost _plugins;
    private readonly CommonOptions _common;
    private readonly Terminal _terminal;

    public PruneCommand(string[] args, PluginHost plugins, CommonOptions common, Terminal terminal, CancellationToken cancellationToken)
        : base(CommandName, Summary)
    {
        _plugins = plugins;
        _common = common;
        _terminal = terminal;
        foreach (Option option in _options.All)
        {
            Add(option);
        }

        _contributions = new PruneContributions(args, plugins, _options, this);
        SetAction(result => Run(result, cancellationToken));
    }

    public ContributionSet Contributions => _contributions.Set;

    public IEnumerable<(string Title, IEnumerable<Option> Options)> OptionGroups => _contributions.Set.OptionGroups;

    public IEnumerable<(string Title, IEnumerable<(string Name, string Text)> Lines)> Lists =>
    [
        .. _contributions.BuiltOn.Lists,
        ("Criteria", _contributions.Set.Known(ContributionKind.Criterion)),
        ("Block criteria", _contributions.Set.Known(ContributionKind.BlockCriterion)),
    ];

    public string Example => "host prune --criterion slim --global-percent 0.7 --model yolov3.cfg --weights yolov3.weights --out small";

    public string? HintFor(string token) => ContributionHints.Of(_plugins, token, ContributionKind.Criterion);

    private int Run(ParseResult result, CancellationToken cancellationToken)
    {
        PruneSettings settings = new PruneSettingsFactory(_options, _contributions, _plugins, _terminal).Create(result, cancellationToken);
        var pictures = new CriterionPictures(_options.Network, _contributions.Data, _options.Engine, _plugins, _terminal)
        {
            NamesOf = network => settings.Crop is not null && !network.ClassNames.IsEmpty
                ? network.ClassNames
                : _contributions.Adjustment.In(result).Apply(network, settings.Source.ModelPath, _terminal.Warn).ClassNames,
        };
        var run = new PruneRun(_contributions.BuiltOn.Services(_plugins, result, _contributions.OfCurves, pictures), TimeProvider.System)
        {
            StepBegins = step => _terminal.Progress(step switch
            {
                "read" => $"Reading {settings.Source.ModelPath}",
                "recalibrate" or "reconstruct" => $"Fitting to the whole network on {settings.Recalibration?.Source}",
                "verify" => "Verifying: four runs of the network; --no-verify leaves them out",
                _ => string.Empty,
            }),
        };
        using var folders = new MadeFolders(settings.OutputPath);
        PruneReport report = run.Execute(settings, cancellationToken);

        foreach ((string name, string given) in _contributions.Criterion?.ValuesIn(result) ?? [])
        {
            // Of rates that grow together, such as 60U40, the proportion is what was given, and it is kept.
            if (double.TryParse(given, CultureInfo.InvariantCulture, out _) && report.Made.TryGetValue($"criterion.{name}", out string? used) && used != settings.Made.GetValueOrDefault($"criterion.{name}"))
            {
                report = report with { Warnings = [.. report.Warnings, $"--{name} {given} was given; the budget asked for {used} instead."] };
            }
        }

        if (report.Evaluation is { } evaluation && NoisyTimes.Find(evaluation) is { } noise)
        {
            report = report with { Warnings = [.. report.Warnings, noise] };
        }

        if (result.GetValue(_common.Json))
        {
            PruneReportJson.Write(report, _terminal.ResultStream);
            return ExitCodes.Done;
        }

        new PruneTables(_terminal.Results).Write(report, result.GetValue(_options.Verbose));
        if (report.OutputPath is null)
        {
            new PlanTables(_terminal.Results).DryRun(report.Plan, result.GetValue(_options.Verbose));
        }

        foreach (string warning in report.Warnings)
        {
            _terminal.Warn(warning);
        }

        return ExitCodes.Done;
    }
}
