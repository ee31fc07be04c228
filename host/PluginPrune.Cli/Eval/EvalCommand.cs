using System.CommandLine;
using System.Globalization;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Data;
using PluginPrune.Core.Engines;
using PluginPrune.Core.Evaluation;
using PluginPrune.Core.Files;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Cli.Eval;

/// <summary>`host eval`: what a network is worth on labelled pictures.</summary>
internal sealed class EvalCommand : Command, IDescribedCommand, IContributionCommand
{
    public const string CommandName = "eval";

    public const string Summary = "Measures a network: mAP or accuracy on labelled pictures, or what other evaluators tell";

    private readonly PluginHost _plugins;
    private readonly CommonOptions _common;
    private readonly Terminal _terminal;
    private readonly ContributionSet _contributions;
    private readonly ModelArguments _model = new();
    private readonly DataArguments _data;
    private readonly AdjustmentArguments _adjustment = new();
    private readonly EvaluatorArguments _evaluators = new(LabelEvaluators.Detection) { Others = [LabelEvaluators.Classification] };
    private readonly EngineArguments _engine = new("Runs the network", EngineArguments.Auto);
    private readonly Option<int> _seed = OptionKinds.Integer("--seed", "Seed of everything random", 0, int.MinValue);
    private readonly Option<string?> _curves = new("--curves") { Description = "Folder that receives the curves, as CSV and drawn", HelpName = "DIR" };
    private readonly Option<bool> _force = new("--force") { Description = "Replace files that exist" };

    public EvalCommand(string[] args, PluginHost plugins, CommonOptions common, Terminal terminal, CancellationToken cancellationToken)
        : base(CommandName, Summary)
    {
        _plugins = plugins;
        _common = common;
        _terminal = terminal;
        _contributions = new ContributionSet(plugins, this);
        _data = new DataArguments(plugins);
        PathOptions.RefuseEmpty(_curves);
        Option[] options =
        [
            _model.Model, _model.Weights, .. _data.All, _evaluators.Evaluator,
            _adjustment.Names, _adjustment.Size, .. _engine.All, _seed, _curves, _force, _contributions.Set,
        ];
        foreach (Option option in options)
        {
            Add(option);
        }

        _evaluators.FindEvaluators(args, _contributions);
        _data.FindFormat(args, _contributions);
        _engine.FindEngine(args, _contributions);
        _model.FindFormat(args, _contributions);
        SetAction(result => Run(result, cancellationToken));
    }

    public ContributionSet Contributions => _contributions;

    public IEnumerable<(string Title, IEnumerable<Option> Options)> OptionGroups => _contributions.OptionGroups;

    public IEnumerable<(string Title, IEnumerable<(string Name, string Text)> Lines)> Lists =>
    [
        ("Evaluators", _contributions.Known(ContributionKind.Evaluator)),
        ("Datasets", _contributions.Known(ContributionKind.Dataset)),
    ];

    public string Example => "host eval --model yolov3.cfg --weights yolov3.weights --data coco.yaml";

    public string? HintFor(string token) => ContributionHints.Of(_plugins, token, ContributionKind.Evaluator);

    private int Run(ParseResult result, CancellationToken cancellationToken)
    {
        _contributions.Apply(result);
        NetworkAdjustment adjustment = _adjustment.In(result);
        string modelPath = _model.SourceIn(result, _terminal.Warn).ModelPath;
        using OutputFolder? curves = result.GetValue(_curves) is { } folder ? new OutputFolder(folder, "curves", result.GetValue(_force)) : null;
        LoadedDataset? data = _data.Load(result, _terminal, cancellationToken);
        Network network = adjustment.Apply(_model.Read(result, _terminal, cancellationToken), modelPath, _terminal.Warn);
        if (data is not null && NamesBeside.Suggest(network, modelPath) is { } names)
        {
            _terminal.Note(names);
        }

        IReadOnlyList<NamedEvaluator> evaluators = _evaluators.Create(result, name => name == LabelEvaluators.For(network, _plugins.FindHead));
        EvaluationReport report = Measure(result, evaluators, network, data, cancellationToken);
        if (curves is not null)
        {
            Draw(report, curves, cancellationToken);
        }

        if (result.GetValue(_common.Json))
        {
            EvaluationOutput.Write(report, _terminal.ResultStream);
            return ExitCodes.Done;
        }

        _terminal.Results.WriteLine(string.Join(", ", HeadLine(network, data, report)));
        new EvaluationTables(_terminal.Results).WriteOne(report);
        if (curves is not null)
        {
            _terminal.Results.WriteLine($"Curves written to {curves.FullPath}");
        }

        return ExitCodes.Done;
    }

    private EvaluationReport Measure(
        ParseResult result, IReadOnlyList<NamedEvaluator> evaluators, Network network, LoadedDataset? data, CancellationToken cancellationToken)
    {
        var session = new EvaluationSession(_plugins, _terminal, data) { Seed = result.GetValue(_seed) };
        return evaluators.Any(static named => named.Evaluator.Needs != EvaluationNeeds.None)
            ? _engine.ChoiceIn(result).Run(chosen => session.Measure(evaluators, [new EvaluationSubject(network.Name, network, chosen.Engine)], cancellationToken) with { Engine = EngineText.Of(chosen) }, _terminal.Note)
            : session.Measure(evaluators, [new EvaluationSubject(network.Name, network, null)], cancellationToken);
    }

    private static IEnumerable<string> HeadLine(Network network, LoadedDataset? data, EvaluationReport report)
    {
        yield return network.Name;
        yield return InputText.Of(network);
        if (data is not null)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{data.Dataset.Name} ({data.Split}: {data.Dataset.Items.Length} pictures)");
        }

        if (report.Engine is { } engine)
        {
            yield return engine;
        }
    }

    private static void Draw(EvaluationReport report, OutputFolder folder, CancellationToken cancellationToken)
    {
        if (CurveFiles.Write(report, folder) == 0)
        {
            throw new EvaluationException("There are no curves to write: none of the evaluators draws any. Leave --curves, or add --evaluator detection.");
        }

        cancellationToken.ThrowIfCancellationRequested();
        folder.Commit();
    }
}
