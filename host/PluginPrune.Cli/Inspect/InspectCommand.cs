using System.CommandLine;
using System.Globalization;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Cli.Prune;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Options;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Inspection;
using PluginPrune.Core.Plugins;
using PluginPrune.Core.Selection;

namespace PluginPrune.Cli.Inspect;

/// <summary>`host inspect`: what a network is made of, what is tied and locked, and what pruning would take.</summary>
internal sealed class InspectCommand : Command, IDescribedCommand
{
    public const string CommandName = "inspect";

    public const string Summary = "Shows layers, channel groups, blocks and locks, and forecasts what pruning would take";

    private const string StandardCriterion = "slim";

    private readonly PluginHost _plugins;
    private readonly CommonOptions _common;
    private readonly Terminal _terminal;
    private readonly ContributionSet _contributions;
    private readonly ModelArguments _model = new();
    private readonly PlanArgument _plan = new();
    private readonly ContributionOptions? _criterion;
    private readonly BuiltOnContributions _builtOn;
    private readonly Option<string> _criterionName = new("--criterion")
    {
        Description = $"Forecasts by this criterion, or none [default: {StandardCriterion}]",
        HelpName = "NAME",
        DefaultValueFactory = static _ => StandardCriterion,
    };

    private readonly Option<string?> _keep = KeepOption.Make("Layers that nothing is to go from, with what is tied to them, as prune has it");
    private readonly PictureArgument _picture = new("Draw the network into this file");
    private readonly Option<bool> _verbose = new("--verbose", "-v") { Description = "Show groups of one layer too, and quartiles of the gammas" };

    public InspectCommand(string[] args, PluginHost plugins, CommonOptions common, Terminal terminal, CancellationToken cancellationToken)
        : base(CommandName, Summary)
    {
        _plugins = plugins;
        _common = common;
        _terminal = terminal;
        _contributions = new ContributionSet(plugins, this);
        Add(_model.Model);
        Add(_model.Weights);
        Add(_plan.Plan);
        Add(_criterionName);
        Add(_keep);
        Add(_contributions.Set);
        Add(_picture.Svg);
        Add(_picture.Force);
        Add(_verbose);
        string? criterion = ArgumentScan.ValueOf(args, _criterionName.Name);
        _criterion = criterion == "none" ? null : _contributions.NamedOrStandard(ContributionKind.Criterion, criterion, StandardCriterion);
        _builtOn = new BuiltOnContributions(args, _contributions, _criterion);
        _model.FindFormat(args, _contributions);
        SetAction(result => Run(result, cancellationToken));
    }

    public IEnumerable<(string Title, IEnumerable<Option> Options)> OptionGroups => _contributions.OptionGroups;

    public IEnumerable<(string Title, IEnumerable<(string Name, string Text)> Lines)> Lists => [.. _builtOn.Lists, ("Criteria", _contributions.Known(ContributionKind.Criterion))];

    public string Example => "host inspect --model yolov3.cfg --weights yolov3.weights --svg yolov3.svg";

    public string? HintFor(string token) => ContributionHints.Of(_plugins, token, ContributionKind.Criterion);

    private int Run(ParseResult result, CancellationToken cancellationToken)
    {
        _contributions.Apply(result);
        string? picture = _picture.PathIn(result);
        if (result.GetValue(_keep) is not null && result.GetValue(_plan.Plan) is not null)
        {
            throw new UsageException($"{_plan.Plan.Name} shows a choice that was made, and {_keep.Name} holds for one to come. Leave one of them.");
        }

        Network network = _model.Read(result, _terminal, cancellationToken);
        KeptLayers? kept = KeepOption.In(result, _keep);
        kept?.RefuseUnknown(network);
        var plan = _plan.Read(result, network, _plugins.FindHead);
        network = plan?.Plan.Network ?? network;
        NetworkInspection inspection = NetworkInspector.Inspect(network, plan?.Plan, kept, cancellationToken);
        Forecast? forecast = MakeForecast(result, inspection, cancellationToken);
        if (picture is not null)
        {
            _picture.Draw(result, stream => NetworkPicture.Write(inspection, stream));
        }

        if (result.GetValue(_common.Json))
        {
            InspectionJson.Write(inspection, forecast, _criterion?.Contribution.Name, picture, _terminal.ResultStream);
            return ExitCodes.Done;
        }

        var tables = new InspectTables(_terminal.Results);
        tables.Write(inspection, result.GetValue(_verbose));
        if (forecast is not null)
        {
            tables.Write(forecast, inspection, _criterion!.Contribution.Name, RateOption(result, forecast), result.GetValue(_keep));
        }

        if (picture is not null)
        {
            _terminal.Results.WriteLine($"Drawn to {picture}");
        }

        return ExitCodes.Done;
    }

    private Forecast? MakeForecast(ParseResult result, NetworkInspection inspection, CancellationToken cancellationToken)
    {
        if (_criterion is null)
        {
            return null;
        }

        var criterion = _contributions.Create<IPruningCriterion>(_criterion, result);
        return new Forecaster(_builtOn.Services(_plugins, result)).Make(inspection.Analysis, criterion, seed: 0, cancellationToken);
    }

    /// <summary>The option that sets the rate: the one share whose value is the rate that the criterion asked for.</summary>
    private string? RateOption(ParseResult result, Forecast forecast)
    {
        if (forecast.AskedRate is not { } rate)
        {
            return null;
        }

        Dictionary<string, string> values = _criterion!.Effective(result).ToDictionary(StringComparer.Ordinal);
        string[] candidates =
        [
            .. _criterion.Contribution.Options
                .Where(option => option is { Type: OptionType.Number, Minimum: 0, Maximum: 1 }
                    && values.TryGetValue(option.Name, out string? value)
                    && double.Parse(value, CultureInfo.InvariantCulture) == rate)
                .Select(static option => option.Name),
        ];
        return candidates is [var only] ? only : null;
    }
}
