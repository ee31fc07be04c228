using System.CommandLine;
using System.Globalization;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Cli.Prune;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Conversion;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Cli.Convert;

/// <summary>`host convert`: a network from one format into another.</summary>
internal sealed class ConvertCommand : Command, IDescribedCommand, IContributionCommand
{
    public const string CommandName = "convert";

    public const string Summary = "Writes a network in another format, for instance as ONNX";

    private readonly CommonOptions _common;
    private readonly PluginHost _plugins;
    private readonly Terminal _terminal;
    private readonly ContributionSet _contributions;
    private readonly ModelArguments _model = new();
    private readonly AdjustmentArguments _adjustment = new();
    private readonly ContributionOptions? _target;

    // Not demanded by the parser: its words for a missing option do not say what there is.
    private readonly Option<string?> _to = new("--to") { Description = "The format to write", HelpName = "FORMAT" };
    private readonly Option<string?> _out = new("--out", "-o")
    {
        Description = "Folder, or a file with the format's extension [default: a new folder under runs/]",
        HelpName = "DIR|FILE",
    };

    private readonly CropArguments _crop = new();
    private readonly Option<string?> _activation = ActivationArgument.Make();
    private readonly Option<bool> _fromScratch = new("--from-scratch") { Description = "Give it random weights in place of its own; a .cfg or .yaml needs none then" };
    private readonly Option<int> _seed = OptionKinds.Integer("--seed", "Seed of random weights", 0, int.MinValue);
    private readonly Option<bool> _force = new("--force") { Description = "Replace files that exist" };

    public ConvertCommand(string[] args, PluginHost plugins, CommonOptions common, Terminal terminal, CancellationToken cancellationToken)
        : base(CommandName, Summary)
    {
        _common = common;
        _plugins = plugins;
        _terminal = terminal;
        _contributions = new ContributionSet(plugins, this);
        foreach (Option option in (Option[])[_to, _model.Model, _model.Weights, .. _adjustment.All, .. _crop.All, _activation, _fromScratch, _seed, _out, _force, _contributions.Set])
        {
            Add(option);
        }

        PathOptions.RefuseEmpty(_out);
        _target = ArgumentScan.ValueOf(args, _to.Name) is { } name ? _contributions.Named(ContributionKind.Format, name) : null;
        _model.FindFormat(args, _contributions);
        SetAction(result => Run(result, cancellationToken));
    }

    public ContributionSet Contributions => _contributions;

    public IEnumerable<(string Title, IEnumerable<Option> Options)> OptionGroups => _contributions.OptionGroups;

    public IEnumerable<(string Title, IEnumerable<(string Name, string Text)> Lines)> Lists => [("Formats", _contributions.Known(ContributionKind.Format))];

    public string Example => "host convert --to onnx --model yolov3.cfg --weights yolov3.weights --out yolov3.onnx";

    private int Run(ParseResult result, CancellationToken cancellationToken)
    {
        ContributionOptions target = _target ?? throw new UsageException(
            $"Say into which format: --to {string.Join('|', _contributions.Known(ContributionKind.Format).Select(static format => format.Name))}.");
        _contributions.Apply(result);
        ConversionSettings settings = SettingsIn(result, target);
        using var folders = new MadeFolders(settings.OutputPath);
        ConversionReport report = ConversionRun.Execute(settings, cancellationToken);
        if (result.GetValue(_common.Json))
        {
            ConversionJson.Write(report, _model.Format!.Contribution, target, result, _terminal.ResultStream);
            return ExitCodes.Done;
        }

        string options = string.Join(", ", target.ValuesIn(result).Select(static option => $"{option.Key} {option.Value}"));
        string files = string.Join(", ", report.Files.Select(static file => string.Create(CultureInfo.InvariantCulture, $"{file.Name} ({file.Bytes * 1e-6:0.00} MB)")));
        _terminal.Results.WriteLine($"{report.Network}, from {_model.Format!.Contribution.Name} to {target.Contribution.Name}{(options.Length == 0 ? string.Empty : $" ({options})")}");
        if (report.Crop is { } crop)
        {
            CropText.Write(crop, _terminal.Results);
        }

        _terminal.Results.WriteLine($"Written to {Path.TrimEndingDirectorySeparator(report.OutputPath)}: {files}");
        return ExitCodes.Done;
    }

    private ConversionSettings SettingsIn(ParseResult result, ContributionOptions target)
    {
        ModelSource source = _model.SourceIn(result, _terminal.Warn) with { IsUntrained = result.GetValue(_fromScratch) };
        string stem = Path.GetFileNameWithoutExtension(source.ModelPath);
        string? output = result.GetValue(_out);
        bool isFile = output is not null && !Directory.Exists(output) && target.Contribution.Extensions.Contains(Path.GetExtension(output), StringComparer.OrdinalIgnoreCase);
        return new ConversionSettings
        {
            Reader = _model.CreateFormat(result, source),
            Source = source,
            Writer = _contributions.Create<IModelFormat>(target, result),
            WriterName = target.Contribution.Name,
            WriterExtensions = target.Contribution.Extensions,
            Adjustment = _adjustment.In(result),
            Seed = result.GetValue(_fromScratch) ? result.GetValue(_seed) : null,
            Crop = _crop.RequestIn(result),
            FindHead = _plugins.FindHead,
            Activation = _activation.SwapIn(result),
            OutputPath = isFile ? Path.GetDirectoryName(Path.GetFullPath(output!))! : output ?? Path.Combine("runs", $"{stem}-{target.Contribution.Name}"),
            NumbersOutput = output is null,
            Stem = isFile ? Path.GetFileNameWithoutExtension(output!) : stem,
            Overwrites = result.GetValue(_force),
        };
    }
}
