using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Cli.Prune;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Files;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Plugins;
using PluginPrune.Core.Sensitivity;

namespace PluginPrune.Cli.Sensitivity;

/// <summary>`host sensitivity`: the prune table of a network: what each channel group can lose.</summary>
internal sealed class SensitivityCommand : Command, IDescribedCommand, IContributionCommand
{
    public const string CommandName = "sensitivity";

    public const string Summary = "Prunes each channel group alone and measures what is left: what each can lose";

    private const double StandardDrop = 0.01;
    private const double StandardRise = 0.1;

    // With less, every tenth of what it is worth would be allowed to go.
    private const double LeastWorth = 10;

    private readonly PluginHost _plugins;
    private readonly CommonOptions _common;
    private readonly Terminal _terminal;
    private readonly SensitivityOptions _options = new();
    private readonly ContributionSet _contributions;
    private readonly DataArguments _data;
    private readonly AdjustmentArguments _adjustment = new();
    private readonly ContributionOptions? _criterion;
    private readonly BuiltOnContributions _builtOn;

    public SensitivityCommand(string[] args, PluginHost plugins, CommonOptions common, Terminal terminal, CancellationToken cancellationToken)
        : base(CommandName, Summary)
    {
        _plugins = plugins;
        _common = common;
        _terminal = terminal;
        _contributions = new ContributionSet(plugins, this);
        _data = new DataArguments(plugins);
        foreach (Option option in (Option[])[.. _options.All, .. _data.All, .. _adjustment.All, _contributions.Set])
        {
            Add(option);
        }

        _criterion = _contributions.NamedOrStandard(ContributionKind.Criterion, ArgumentScan.ValueOf(args, _options.Criterion.Name), SensitivityOptions.StandardCriterion);
        _builtOn = new BuiltOnContributions(args, _contributions, _criterion);
        if (ArgumentScan.ValueOf(args, _options.Evaluator.Name) is { } evaluator && evaluator != EnergyMeter.Name)
        {
            _contributions.Named(ContributionKind.Evaluator, evaluator);
        }

        _options.Network.FindFormat(args, _contributions);
        _options.Engine.FindEngine(args, _contributions);
        _data.FindFormat(args, _contributions);
        SetAction(result => Run(result, cancellationToken));
    }

    public ContributionSet Contributions => _contributions;

    public IEnumerable<(string Title, IEnumerable<Option> Options)> OptionGroups => _contributions.OptionGroups;

    public IEnumerable<(string Title, IEnumerable<(string Name, string Text)> Lines)> Lists =>
    [
        .. _builtOn.Lists,
        ("Criteria", _contributions.Known(ContributionKind.Criterion)),
        ("Evaluators", _contributions.Known(ContributionKind.Evaluator).Append((EnergyMeter.Name, "The criterion's own scores: the share of their energy that stays; runs nothing"))),
    ];

    public string Example => "host sensitivity --model yolov3.cfg --weights yolov3.weights --data coco.yaml --out table";

    public string? HintFor(string token) => ContributionHints.Of(_plugins, token, ContributionKind.Criterion) ?? ContributionHints.Of(_plugins, token, ContributionKind.Evaluator);

    private int Run(ParseResult result, CancellationToken cancellationToken)
    {
        _contributions.Apply(result);
        string modelPath = _options.Network.SourceIn(result, _terminal.Warn).ModelPath;
        Network network = _adjustment.In(result).Apply(_options.Network.Read(result, _terminal, cancellationToken), modelPath, _terminal.Warn);
        ContributionOptions criterion = CriterionFor(network, result);
        var request = new SensitivityRequest
        {
            Criterion = _contributions.Create<IPruningCriterion>(criterion, result),
            Rates = RateList.Parse(result.GetValue(_options.Rates)!)!.Value,
            Layers = _options.LayersIn(result),
            Kept = KeepOption.In(result, _options.Keep),
            Metric = result.GetValue(_options.Metric),
            Seed = result.GetValue(_options.Seed),
        };
        var pictures = new CriterionPictures(_options.Network, _data, _options.Engine, _plugins, _terminal) { ShowsProgress = false };
        using var measuring = new SensitivityMeasuring(_contributions, _plugins, _terminal, _options, _data, result) { OfCriterion = pictures };
        measuring.Prepare(network, cancellationToken);

        var options = criterion.Effective(result).Concat(_builtOn.Given(result)).ToImmutableSortedDictionary(StringComparer.Ordinal);
        string key = MeasurementStore.KeyOf(measuring.KeyParts(network, cancellationToken));
        string settings = MeasurementStore.KeyOf(
        [
            key, criterion.Contribution.FullName, .. options.Select(static pair => $"{pair.Key}={pair.Value}"), request.Metric ?? string.Empty,
            .. request.Kept is { } kept ? [$"keep={string.Join(',', kept.Names)}"] : Array.Empty<string>(),
        ]);
        string path = result.GetValue(_options.Out) ?? SensitivityFolder.Find(Path.GetFileNameWithoutExtension(modelPath), key, settings);
        using var made = new MadeFolders(path);
        using OutputFolder folder = SensitivityFolder.Take(path, settings, result.GetValue(_options.Force));
        SensitivityResult curves = Measure(network, request, _builtOn.Services(_plugins, result, pictures), measuring, folder, key, cancellationToken);
        var document = new SensitivityDocument
        {
            Network = network.Name,
            Architecture = ArchitectureHash.Of(network),
            Settings = settings,
            Criterion = criterion.Contribution.FullName,
            CriterionOptions = options,
            Metric = curves.Metric,
            Engine = measuring.Engine,
            Dataset = measuring.Pictures?.Name,
            Pictures = measuring.Pictures?.Items.Length ?? 0,
            Recalibrated = result.GetValue(_options.Recalibration.Recalibrate),
            Reconstructed = result.GetValue(_options.Recalibration.Reconstruct),
            Rates = request.Rates,
            Groups = curves.Groups,
            Whole = curves.Whole,
            Structure = [.. ArchitectureHash.Describe(network)],
        };
        double allowed = AllowedIn(result, curves.Metric);
        WarnOfLittle(curves.Metric, allowed);
        Write(document, allowed, folder, cancellationToken);
        if (result.GetValue(_common.Json))
        {
            SensitivityJson.Write(document, _terminal.ResultStream, json =>
            {
                json.WriteNumber("allowedDrop", allowed);
                json.WriteNumber("measured", curves.Measured);
                json.WriteNumber("known", curves.Known);
                json.WriteString("folder", folder.FullPath);
            });
            return ExitCodes.Done;
        }

        var tables = new SensitivityTables(_terminal.Results);
        tables.Write(document, measuring.AllPictures, allowed);
        tables.WriteEnd(curves, document, folder.FullPath, allowed);
        return ExitCodes.Done;
    }

    /// <summary>The one that is named; else gammas where there are, and weights where there are none.</summary>
    private ContributionOptions CriterionFor(Network network, ParseResult result)
    {
        const string Standard = SensitivityOptions.StandardCriterion;
        const string Plain = SensitivityOptions.PlainCriterion;
        string instead = $"name another with {_options.Criterion.Name}";
        bool isPlain = result.GetResult(_options.Criterion) is not { Implicit: false } && _criterion?.ValuesIn(result).Count is null or 0
            && NetworkAnalysis.Of(network, PruningScope.Full).Groups.Any(static group => !group.IsLocked && group.Members.All(static member => member.Norm is null));
        if (!isPlain)
        {
            return _contributions.Demand(_criterion, ContributionKind.Criterion, Standard, instead);
        }

        _terminal.Note($"Some layers have no batch norm, by which {Standard} goes: channels go by {Plain}. {_options.Criterion.Name} names another.");
        return _contributions.Demand(_contributions.Candidate(ContributionKind.Criterion, Plain), ContributionKind.Criterion, Plain, instead);
    }

    private SensitivityResult Measure(
        Network network, SensitivityRequest request, IPruningServices services, SensitivityMeasuring measuring, OutputFolder folder, string key, CancellationToken cancellationToken)
    {
        using var store = new MeasurementStore(folder.FullPath, key);
        try
        {
            return new ProgressLine(_terminal).Track(
                "Measuring",
                (title, share) => new SensitivityRun(services, request)
                {
                    Progressed = (done, what) =>
                    {
                        title($"Measuring {what}");
                        share(done);
                    },
                }
                    .Execute(network, decision => measuring.MeterOf(network, decision), store, cancellationToken),
                isOneStage: true);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && store.Count > 0)
        {
            throw new KeptWorkException(
                string.Create(CultureInfo.InvariantCulture, $"Interrupted. {store.Count} {(store.Count == 1 ? "measurement is" : "measurements are")} kept in {folder.FullPath}: the same command goes on from there."), cancellationToken);
        }
    }

    private double AllowedIn(ParseResult result, CurveMetric metric) =>
        result.GetValue(_options.MaxDrop) is { } given ? double.Parse(given, NumberStyles.Float, CultureInfo.InvariantCulture)
        : metric.Metric.Direction == MetricDirection.Lower ? StandardRise
        : StandardDrop;

    /// <summary>Of a network that finds nothing every group can go.</summary>
    private void WarnOfLittle(CurveMetric metric, double allowed)
    {
        if (metric.Metric is { Direction: MetricDirection.Higher } whole && whole.Value < LeastWorth * allowed)
        {
            _terminal.Warn(string.Create(
                CultureInfo.InvariantCulture,
                $"{whole.Name} of the whole network is {whole.Value:0.####}: a drop of {allowed:0.####} means little to it. Are weights, class names and pictures those that belong together?"));
        }
    }

    private static void Write(SensitivityDocument document, double allowed, OutputFolder folder, CancellationToken cancellationToken)
    {
        using (Stream stream = folder.CreateFile(SensitivityFolder.Document))
        {
            SensitivityJson.Write(document, stream);
        }

        using (Stream stream = folder.CreateFile(SensitivityFolder.Picture))
        {
            new SensitivityPicture(document, allowed).Write(stream);
        }

        cancellationToken.ThrowIfCancellationRequested();
        folder.Commit();
    }
}
