using System.Collections.Immutable;
using System.CommandLine;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Cli.Eval;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Engines;
using PluginPrune.Core.Evaluation;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Cli.Bench;

/// <summary>`host bench`: networks, or engines, side by side: time in turns, parameters, FLOPs, bytes.</summary>
internal sealed class BenchCommand : Command, IDescribedCommand
{
    public const string CommandName = "bench";

    public const string Summary = "Compares networks and engines: milliseconds measured in turns, parameters, GFLOPs, bytes";

    private readonly PluginHost _plugins;
    private readonly CommonOptions _common;
    private readonly Terminal _terminal;
    private readonly ContributionSet _contributions;
    private readonly BenchModels _models = new();
    private readonly AdjustmentArguments _adjustment = new();
    private readonly EvaluatorArguments _evaluators = new("latency", "cost");
    private readonly EngineArguments _engine = new("Runs the networks; several stand side by side", EngineArguments.Auto, isList: true);
    private readonly Option<string?> _latencyTable = new("--latency-table")
    {
        Description = "Times measured on the target device, CSV or JSON (model, ms, layer, device), shown beside",
        HelpName = "FILE",
    };

    public BenchCommand(string[] args, PluginHost plugins, CommonOptions common, Terminal terminal, CancellationToken cancellationToken)
        : base(CommandName, Summary)
    {
        _plugins = plugins;
        _common = common;
        _terminal = terminal;
        _contributions = new ContributionSet(plugins, this);
        PathOptions.RefuseEmpty(_latencyTable);
        Add(_models.Files);
        foreach (Option option in (Option[])[.. _models.All, _adjustment.Size, .. _engine.All, _latencyTable, _contributions.Set])
        {
            Add(option);
        }

        _evaluators.FindEvaluators([], _contributions);
        _engine.FindEngine(args, _contributions);
        _models.FindFormats(args, _contributions);
        SetAction(result => Run(result, cancellationToken));
    }

    public IEnumerable<(string Title, IEnumerable<Option> Options)> OptionGroups => _contributions.OptionGroups;

    public IEnumerable<(string Title, IEnumerable<(string Name, string Text)> Lines)> Lists => [];

    public string Example => "host bench yolov5s.onnx small.onnx --engine onnxruntime --size 1280x800";

    private int Run(ParseResult result, CancellationToken cancellationToken)
    {
        _contributions.Apply(result);
        LatencyTable? table = result.GetValue(_latencyTable) is { } path ? LatencyTableReader.Read(InputFiles.Existing(_latencyTable.Name, path)) : null;
        IReadOnlyList<BenchNetwork> networks = _models.Read(result, _adjustment.In(result), _terminal, cancellationToken);
        EvaluationReport report = Measure(result, networks, cancellationToken);
        if (NoisyTimes.Find(report) is { } noise)
        {
            _terminal.Warn(noise);
        }

        if (table is not null)
        {
            int engines = report.Subjects.Length / networks.Count;
            ImmutableArray<string>[] names = [.. networks.Select(static pair => ImmutableArray.Create(pair.Name, pair.Network.Name))];
            report = new TargetTimes(table).AddTo(report, [.. Enumerable.Repeat(names, engines).SelectMany(static group => group)], _terminal.Warn);
        }

        if (result.GetValue(_common.Json))
        {
            EvaluationOutput.Write(report, _terminal.ResultStream);
            return ExitCodes.Done;
        }

        _terminal.Results.WriteLine($"{report.Engine}; {string.Join(", ", networks.Select(static pair => InputText.Of(pair.Network)).Distinct(StringComparer.Ordinal))}");
        new EvaluationTables(_terminal.Results).WriteSeveral(report);
        return ExitCodes.Done;
    }

    private EvaluationReport Measure(ParseResult result, IReadOnlyList<BenchNetwork> networks, CancellationToken cancellationToken)
    {
        IReadOnlyList<NamedEvaluator> evaluators = _evaluators.Create(result);
        IReadOnlyList<EngineChoice> engines = _engine.ChoicesIn(result);
        if (engines.Count == 0)
        {
            throw new UsageException($"{_engine.Engine.Name} names no engine.");
        }

        // One engine may be passed over for the next; of several that were asked for none may.
        return engines is [var only]
            ? only.Run(chosen => With([chosen]), _terminal.Note)
            : With([.. engines.Select(engine => engine.Choose(_terminal.Note))]);

        EvaluationReport With(ImmutableArray<ChosenEngine> chosen)
        {
            (string Name, Network Network)[] timed = [.. networks.Select(network => (network.Name, network.TimedBy(chosen, _terminal.Note)))];
            ImmutableArray<EvaluationSubject> subjects =
            [
                .. chosen.SelectMany(engine => timed.Select(pair =>
                    new EvaluationSubject(chosen.Length == 1 ? pair.Name : $"{pair.Name}, {engine.Name}", pair.Network, engine.Engine))),
            ];
            return new EvaluationSession(_plugins, _terminal, data: null).Measure(evaluators, subjects, cancellationToken) with
            {
                Engine = string.Join("; ", chosen.Select(EngineText.Of)),
            };
        }
    }
}
