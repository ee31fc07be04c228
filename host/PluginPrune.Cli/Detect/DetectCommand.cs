using System.CommandLine;
using System.Globalization;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Cli.Eval;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Data;
using PluginPrune.Core.Detecting;
using PluginPrune.Core.Engines;
using PluginPrune.Core.Evaluation;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Cli.Detect;

/// <summary>`host detect`: finds objects on pictures, in a table, as JSON, and drawn on copies.</summary>
internal sealed class DetectCommand : Command, IDescribedCommand
{
    public const string CommandName = "detect";

    public const string Summary = "Finds objects on pictures; draws boxes on copies, writes JSON and label files";

    private readonly PluginHost _plugins;
    private readonly CommonOptions _common;
    private readonly Terminal _terminal;
    private readonly ContributionSet _contributions;
    private readonly ModelArguments _model = new();
    private readonly AdjustmentArguments _adjustment = new();
    private readonly EngineArguments _engine = new("Runs the network", EngineArguments.Auto);

    // Not demanded by the parser: its words for a missing argument do not say what is wanted.
    private readonly Argument<string[]> _pictures = new("IMAGE...") { Description = "Pictures, or folders of pictures", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<double> _confidence = OptionKinds.Share("--conf", "Least score of an object", 0.25);
    private readonly Option<double> _iou = OptionKinds.Share("--iou", "Boxes that overlap a better one by more are suppressed", 0.45);
    private readonly Option<string> _suppression = OptionKinds.Choice("--suppression", "How overlapping boxes become one", "per-class", "greedy", "merge", "none");
    private readonly Option<int> _batch = OptionKinds.Integer("--batch", "How many pictures the engine takes at once", 1, 1);
    private readonly Option<bool> _skipBad = new("--skip-bad") { Description = "Pass over pictures that cannot be read, in place of stopping at the first" };
    private readonly Option<string?> _out = new("--out", "-o") { Description = "Folder that receives copies with boxes drawn, label files in YOLO's form and detections.json", HelpName = "DIR" };
    private readonly Option<bool> _force = new("--force") { Description = "Replace files that exist" };

    public DetectCommand(string[] args, PluginHost plugins, CommonOptions common, Terminal terminal, CancellationToken cancellationToken)
        : base(CommandName, Summary)
    {
        _plugins = plugins;
        _common = common;
        _terminal = terminal;
        _contributions = new ContributionSet(plugins, this);
        PathOptions.RefuseEmpty(_out);
        Add(_pictures);
        Option[] options =
        [
            _model.Model, _model.Weights, .. _adjustment.All, _confidence, _iou, _suppression, _batch, .. _engine.All, _skipBad, _out, _force, _contributions.Set,
        ];
        foreach (Option option in options)
        {
            Add(option);
        }

        _engine.FindEngine(args, _contributions);
        _model.FindFormat(args, _contributions);
        SetAction(result => Run(result, cancellationToken));
    }

    public IEnumerable<(string Title, IEnumerable<Option> Options)> OptionGroups => _contributions.OptionGroups;

    public IEnumerable<(string Title, IEnumerable<(string Name, string Text)> Lines)> Lists => [];

    public string Example => "host detect --model yolov3.cfg --weights yolov3.weights --out found dog.jpg holiday/";

    private int Run(ParseResult result, CancellationToken cancellationToken)
    {
        if (result.GetValue(_pictures) is not { Length: > 0 } paths)
        {
            throw new UsageException("'host detect' needs pictures or folders of pictures, for instance 'host detect --model my.cfg dog.jpg'.");
        }

        _contributions.Apply(result);
        NetworkAdjustment adjustment = _adjustment.In(result);
        string modelPath = _model.SourceIn(result, _terminal.Warn).ModelPath;
        Dataset pictures = PictureGathering.Gather(paths);
        using DetectionFolder? folder = result.GetValue(_out) is { } path ? new DetectionFolder(path, pictures, result.GetValue(_force)) : null;
        Network network = adjustment.Apply(_model.Read(result, _terminal, cancellationToken), modelPath, _terminal.Warn);
        if (NamesBeside.Suggest(network, modelPath) is { } names)
        {
            _terminal.Note(names);
        }

        var bad = new BadPictures(result.GetValue(_skipBad), _terminal.Warn);
        var runner = new DetectionRunner(network, DetectionHeads.Of(network, _plugins.FindHead), SettingsIn(result)) { KeepsPictures = folder is not null };
        var tables = new DetectionTables(_terminal.Results, network.ClassNames);
        bool isJson = result.GetValue(_common.Json);
        List<PictureDetections> found = [];
        ChosenEngine engine = _engine.ChoiceIn(result).Run(
            chosen =>
            {
                found.Clear();
                foreach (FoundPicture picture in new PictureSearch(runner, bad).Run(chosen.Engine, pictures, cancellationToken))
                {
                    found.Add(picture.Found);
                    folder?.Write(picture, network.ClassNames);
                    if (!isJson)
                    {
                        tables.Write(picture.Found);
                    }
                }

                return chosen;
            },
            _terminal.Note);
        folder?.Finish(network.Name, EngineText.Of(engine), found, network.ClassNames, cancellationToken);
        if (isJson)
        {
            DetectionJson.Write(network.Name, EngineText.Of(engine), found, network.ClassNames, _terminal.ResultStream);
        }
        else
        {
            tables.WriteSum(found, bad.Count, folder?.FullPath);
        }

        return ExitCodes.Done;
    }

    private DetectionSettings SettingsIn(ParseResult result) => new()
    {
        Confidence = result.GetValue(_confidence),
        Iou = result.GetValue(_iou),
        BatchSize = result.GetValue(_batch),
        Suppression = result.GetValue(_suppression) switch
        {
            "greedy" => Suppression.Greedy,
            "merge" => Suppression.Merge,
            "none" => Suppression.None,
            _ => Suppression.PerClass,
        },
    };
}
